package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of 127.0.0.1 for a day, in a PKCS12 file.
 *
 * @param password of the file
 */
record TestCertificate(Path file, String password) {
  private static final String ALIAS = "openclaw";

  /** Makes one with the JDK's keytool. */
  static TestCertificate make(Path directory) throws IOException, InterruptedException {
    TestCertificate made =
        new TestCertificate(directory.resolve("gateway.p12"), "only-for-this-test");
    Path log = directory.resolve("keytool.log");
    ProcessBuilder keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=gateway.test",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                made.file().toString(),
                "-storepass:env",
                "PASSWORD")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    keytool.environment().putAll(Map.of("PASSWORD", made.password()));
    Process process = keytool.start();
    assertEquals(true, process.waitFor(30, TimeUnit.SECONDS), "keytool does not end");
    assertEquals(0, process.exitValue(), () -> read(log));
    return made;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** TLS that trusts this certificate and no other. */
  SSLContext trustingIt() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
