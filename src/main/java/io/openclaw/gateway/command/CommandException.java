package io.openclaw.gateway.command;

import io.openclaw.gateway.protocol.ErrorCode;

/** A command cannot be carried out as it was asked; becomes the reply. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  CommandException(ErrorCode code, String clientMessage) {
    super(clientMessage, null, false, false);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  String clientMessage() {
    return String.valueOf(getMessage());
  }
}
