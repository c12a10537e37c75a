package io.openclaw.gateway.security;

/** Whom a rule speaks of. */
public sealed interface Who {
  /** Everybody, signed in or not. */
  Who ANYONE = new Anyone();

  /** Everybody who signed in. */
  Who ANY_USER = new AnyUser();

  /** Whether {@code identity} is meant. */
  boolean includes(Identity identity);

  /** Everybody, signed in or not. */
  record Anyone() implements Who {
    @Override
    public boolean includes(Identity identity) {
      return true;
    }
  }

  /** Everybody who signed in. */
  record AnyUser() implements Who {
    @Override
    public boolean includes(Identity identity) {
      return !identity.isAnonymous();
    }
  }

  /** Users with a role. */
  record Role(String name) implements Who {
    /**
     * @throws IllegalArgumentException if the name is blank
     */
    public Role {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a role has a name");
      }
    }

    @Override
    public boolean includes(Identity identity) {
      return identity.roles().contains(name);
    }
  }

  /**
   * Users whose token has a claim with this value, alone or in a list.
   *
   * @param path the claim's name, or names joined by dots that lead through nested objects
   * @param value a text; numbers and truth values of tokens are compared as text
   */
  record Claim(String path, String value) implements Who {
    /**
     * @throws IllegalArgumentException if the path is blank
     */
    public Claim {
      if (path.isBlank()) {
        throw new IllegalArgumentException("a claim has a name");
      }
    }

    @Override
    public boolean includes(Identity identity) {
      return Claims.has(Claims.find(identity.claims(), path), value);
    }
  }
}
