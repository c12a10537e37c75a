package io.openclaw.gateway.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys and certificates from a PEM file (RFC 7468). */
final class PemKeys {
  static final int MIN_RSA_BITS = 2048;
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemKeys() {}

  /**
   * @return one key or more
   * @throws IllegalArgumentException if the file cannot be read or has anything else in it
   */
  static List<PublicKey> read(Path file) {
    List<PublicKey> keys = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text(file));
    while (blocks.find()) {
      keys.add(checked(file, key(file, blocks.group(1), blocks.group(2))));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no PEM block: a public key begins with -----BEGIN PUBLIC KEY-----");
    }
    return keys;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is no key file: it is larger than 1 MiB");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read as a text file", e);
    }
  }

  private static PublicKey key(Path file, String type, String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return switch (type) {
        case "PUBLIC KEY" -> publicKey(der);
        case "CERTIFICATE" -> certificate(der);
        default ->
            throw new IllegalArgumentException(
                file + " has a " + type + "; PUBLIC KEY and CERTIFICATE are understood");
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " has a broken " + type, e);
    }
  }

  private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePublic(spec);
    }
  }

  private static PublicKey certificate(byte[] der) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return factory.generateCertificate(new ByteArrayInputStream(der)).getPublicKey();
  }

  private static PublicKey checked(Path file, PublicKey key) {
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw new IllegalArgumentException(file + " has an RSA key of less than 2048 bits");
    }
    if (!(key instanceof RSAPublicKey || key instanceof ECPublicKey)) {
      throw new IllegalArgumentException(file + " has a key that is neither RSA nor EC");
    }
    return key;
  }
}
