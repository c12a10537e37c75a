package io.openclaw.gateway.lab;

/** What is promised, by what a breach of it looks like. */
enum Promise {
  ONE_ORDER("all see the publications of a log in one order"),
  NOTHING_MISSED("who comes back within the window misses nothing"),
  NOTHING_TWICE("who comes back within the window sees nothing twice"),
  TOLD_FIRST("what will not come is told before anything newer"),
  IN_THE_LOG_ONCE("what was acknowledged is in the log, once"),
  COMES_BACK("a client that may come back does"),
  PROTOCOL("everybody keeps to the protocol");

  private final String words;

  Promise(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
