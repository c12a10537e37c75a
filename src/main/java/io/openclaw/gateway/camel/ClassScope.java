package io.openclaw.gateway.camel;

/** Runs work with the class loader that Camel looks its parts up with as the thread's own. */
final class ClassScope {
  private ClassScope() {}

  /** Something that is done within. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  static <T, E extends Exception> T in(ClassLoader classes, Work<T, E> work) throws E {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
