package io.openclaw.gateway.security;

/** Something that acts for somebody, such as a session: what an authorized method is given. */
public interface Authenticated {
  /** Who it acts for now; {@link Identity#ANONYMOUS} if nobody signed in. */
  Identity identity();

  /** The IP address that it acts from, as text; empty if it is not known. */
  String address();
}
