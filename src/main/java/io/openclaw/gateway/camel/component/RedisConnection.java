package io.openclaw.gateway.camel.component;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks the protocol of Redis (RESP2): a command is an array of texts, a reply a
 * text, a number, an array of replies or nothing. Texts are UTF-8. Confined to one thread, but for
 * {@link #close}.
 */
final class RedisConnection implements AutoCloseable {
  private static final int MAX_TEXT_BYTES = 16 << 20;
  private static final int MAX_ITEMS = 1 << 20;
  private static final int MAX_DEPTH = 8;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /**
   * What the server answers instead of a reply. Its text has nothing of what was sent as secret.
   */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /**
   * Connects.
   *
   * @param timeout for the connection, and for each reply
   */
  static RedisConnection open(String host, int port, boolean tls, Duration timeout)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      socket.setTcpNoDelay(true);
      return new RedisConnection(tls ? secured(socket, host, port) : socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket socket, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /**
   * Sends a command and waits for its reply: a String, a Long, a List of replies, or null.
   *
   * @throws Refusal if the server refuses it; the connection is still good
   * @throws IOException if the connection is broken
   */
  @Nullable Object call(List<String> command) throws IOException {
    line('*', command.size());
    for (String word : command) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      line('$', bytes.length);
      out.write(bytes);
      end();
    }
    out.flush();
    return reply(0);
  }

  private void line(char type, int number) throws IOException {
    out.write(type);
    out.write(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    end();
  }

  private void end() throws IOException {
    out.write('\r');
    out.write('\n');
  }

  private @Nullable Object reply(int depth) throws IOException {
    int type = in.read();
    String line = line();
    return switch (type) {
      case '+' -> line;
      case '-' -> throw new Refusal(line);
      case ':' -> number(line);
      case '$' -> text(bounded(line, MAX_TEXT_BYTES));
      case '*' -> items(bounded(line, MAX_ITEMS), depth + 1);
      case -1 -> throw new EOFException("the server has closed the connection");
      default -> throw new IOException("no reply of Redis");
    };
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (line.length() > 10_000) {
        throw new IOException("no reply of Redis");
      }
      line.append((char) c);
    }
    in.read();
    return line.toString();
  }

  private static long number(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("no reply of Redis", e);
    }
  }

  private static int bounded(String text, int max) throws IOException {
    long size = number(text);
    if (size > max) {
      throw new IOException("a reply with " + size + " bytes or items, above " + max);
    }
    return (int) size;
  }

  private @Nullable String text(int bytes) throws IOException {
    if (bytes < 0) {
      return null;
    }
    byte[] content = in.readNBytes(bytes);
    if (content.length < bytes || in.read() < 0 || in.read() < 0) {
      throw new EOFException("the server has closed the connection");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  private @Nullable List<@Nullable Object> items(int count, int depth) throws IOException {
    if (count < 0) {
      return null;
    }
    if (depth > MAX_DEPTH) {
      throw new IOException("no reply of Redis");
    }
    List<@Nullable Object> items = new ArrayList<>(Math.min(count, 1_000));
    for (int i = 0; i < count; i++) {
      items.add(reply(depth));
    }
    return items;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(RedisConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection could not be closed", e);
    }
  }
}
