package io.openclaw.gateway.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * A socket that takes at most so many bytes in all until it is told to take more. Not nested in its
 * test, whose nested classes are looked into and would need all of the library.
 */
final class LimitedSocket implements StreamSinkConduit {
  final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  int takes = Integer.MAX_VALUE;
  boolean resumed;

  private int take(ByteBuffer buffer) {
    int count = Math.min(takes, buffer.remaining());
    for (int i = 0; i < count; i++) {
      wire.write(buffer.get());
    }
    takes -= count;
    return count;
  }

  @Override
  public int write(ByteBuffer buffer) {
    return take(buffer);
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) {
    long count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += take(buffers[i]);
    }
    return count;
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public void resumeWrites() {
    resumed = true;
  }

  @Override
  public int writeFinal(ByteBuffer buffer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long writeFinal(ByteBuffer[] buffers, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(FileChannel from, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void terminateWrites() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void truncateWrites() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWriteShutdown() {
    return false;
  }

  @Override
  public void suspendWrites() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void wakeupWrites() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWriteResumed() {
    return resumed;
  }

  @Override
  public void awaitWritable() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void awaitWritable(long time, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public XnioIoThread getWriteThread() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setWriteReadyHandler(WriteReadyHandler handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public XnioWorker getWorker() {
    throw new UnsupportedOperationException();
  }
}
