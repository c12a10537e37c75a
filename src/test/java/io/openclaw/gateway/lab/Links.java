package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.ClusterPlace;
import io.openclaw.gateway.dev.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * The network between the cluster engines of the nodes: each listens on an address of its own,
 * {@code 127.0.0.11} and on, and is known to the others by the address of a proxy, {@code
 * 127.0.0.31} and on. Who connects is known by the address that it comes from. <i>Thread-safe.</i>
 */
final class Links implements AutoCloseable {
  /** What becomes of a node's connections. */
  enum State {
    OPEN,
    /** Bytes stay where they are, as behind a switch that drops packets. */
    SILENT,
    /** Connections end, and none comes about. */
    REFUSED
  }

  private static final int FIRST_NODE = 11;
  private static final int FIRST_PROXY = 31;
  private static final int BUFFER_BYTES = 64 << 10;

  private final List<Integer> ports;
  private final State[] states;
  private final List<ServerSocket> proxies = new ArrayList<>();
  private final Queue<Link> links = new ConcurrentLinkedQueue<>();

  Links(int nodes) throws IOException {
    ports = IntStream.range(0, nodes).mapToObj(i -> Ports.free()).toList();
    states = new State[nodes];
    for (int i = 0; i < nodes; i++) {
      states[i] = State.OPEN;
      ServerSocket proxy = new ServerSocket(ports.get(i), 50, address(FIRST_PROXY + i));
      proxies.add(proxy);
      int node = i;
      start("proxy " + i, () -> accept(node, proxy));
    }
  }

  /** What a node is told. */
  ClusterPlace place(int node) {
    return new ClusterPlace(
        name(FIRST_NODE + node),
        ports.get(node),
        proxy(node),
        IntStream.range(0, ports.size()).mapToObj(this::proxy).toList());
  }

  private String proxy(int node) {
    return name(FIRST_PROXY + node) + ":" + ports.get(node);
  }

  /** Parts a node from all others, or joins it with them again. */
  synchronized void set(int node, State state) {
    states[node] = state;
    if (state == State.REFUSED) {
      links.stream().filter(link -> link.touches(node)).forEach(Link::close);
    }
    notifyAll();
  }

  private synchronized State state(int one, int other) {
    State first = states[one];
    return first == State.OPEN ? states[other] : first;
  }

  private synchronized void awaitNotSilent(int one, int other) throws InterruptedException {
    while (state(one, other) == State.SILENT) {
      wait();
    }
  }

  private void accept(int to, ServerSocket proxy) {
    while (!proxy.isClosed()) {
      try {
        Socket incoming = proxy.accept();
        int from = node(incoming.getInetAddress());
        start("link", () -> connect(from, to, incoming));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** The engine connects from the address that it is known by. */
  private static int node(InetAddress address) {
    int last = address.getAddress()[3];
    return last >= FIRST_PROXY ? last - FIRST_PROXY : last - FIRST_NODE;
  }

  private void connect(int from, int to, Socket incoming) {
    try {
      if (from < 0 || from >= states.length) {
        throw new IOException("from nowhere: " + incoming);
      }
      awaitNotSilent(from, to);
      if (state(from, to) == State.REFUSED) {
        incoming.close();
        return;
      }
      Socket outgoing = new Socket(address(FIRST_NODE + to), ports.get(to));
      Link link = new Link(from, to, incoming, outgoing);
      links.add(link);
      start("there", () -> copy(link, incoming, outgoing));
      copy(link, outgoing, incoming);
    } catch (IOException | InterruptedException e) {
      close(incoming);
    }
  }

  private void copy(Link link, Socket source, Socket target) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (link) {
      source.setTcpNoDelay(true);
      InputStream in = source.getInputStream();
      OutputStream out = target.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitNotSilent(link.from, link.to);
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // both ends are closed
    } finally {
      links.remove(link);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket proxy : proxies) {
      proxy.close();
    }
    links.forEach(Link::close);
    for (int i = 0; i < states.length; i++) {
      set(i, State.REFUSED);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static String name(int last) {
    return "127.0.0." + last;
  }

  private static InetAddress address(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone in any case
    }
  }

  private record Link(int from, int to, Socket incoming, Socket outgoing) implements AutoCloseable {
    boolean touches(int node) {
      return from == node || to == node;
    }

    @Override
    public void close() {
      Links.close(incoming);
      Links.close(outgoing);
    }
  }
}
