package io.openclaw.gateway.protocol;

/** A command broke the protocol; caught where the command is made, never leaves this package. */
final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final boolean malformed;

  FieldException(String clientMessage) {
    this(ErrorCode.BAD_REQUEST, clientMessage, true);
  }

  FieldException(ErrorCode code, String clientMessage, boolean malformed) {
    super(clientMessage, null, false, false);
    this.code = code;
    this.malformed = malformed;
  }

  ErrorCode code() {
    return code;
  }

  boolean malformed() {
    return malformed;
  }

  String clientMessage() {
    return String.valueOf(getMessage());
  }
}
