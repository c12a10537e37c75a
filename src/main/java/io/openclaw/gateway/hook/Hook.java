package io.openclaw.gateway.hook;

/** Whoever takes the requests that come under one name. Thread-safe. */
public interface Hook {
  /** Takes a request; blocks until what it brought is safe, or it is known that it is not. */
  HookOutcome receive(HookRequest request);
}
