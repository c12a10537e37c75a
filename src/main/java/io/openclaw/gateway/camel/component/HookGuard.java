package io.openclaw.gateway.camel.component;

import io.openclaw.gateway.hook.HookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request may come in:
 *
 * <ol>
 *   <li>with a secret, if its signature is the HMAC-SHA256 of the body as it came;
 *   <li>with users, if one of them sends it;
 *   <li>with both, if both hold.
 * </ol>
 *
 * Immutable.
 */
final class HookGuard {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";
  private static final int HEX_CHARS = 64;

  private final String secret;
  private final String signatureHeader;
  private final Set<String> users;

  HookGuard(String secret, String signatureHeader, Set<String> users) {
    this.secret = secret;
    this.signatureHeader = signatureHeader;
    this.users = users;
  }

  boolean admits(HookRequest request) {
    return (users.isEmpty() || users.contains(request.user()))
        && (secret.isEmpty() || isSigned(request));
  }

  private boolean isSigned(HookRequest request) {
    return request
        .header(signatureHeader)
        .map(signature -> MessageDigest.isEqual(bytes(signature.strip()), mac(request.body())))
        .orElse(false);
  }

  /** No bytes if it is no signature. */
  private static byte[] bytes(String signature) {
    String text = signature.startsWith(PREFIX) ? signature.substring(PREFIX.length()) : signature;
    try {
      return text.length() == HEX_CHARS
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] mac(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
