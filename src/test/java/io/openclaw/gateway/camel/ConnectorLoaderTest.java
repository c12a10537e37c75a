package io.openclaw.gateway.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.connector.ToyComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.camel.Component;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorLoaderTest {
  private static final String TOY = "com/example/connector/ToyComponent.class";

  @TempDir Path folder;

  /** A jar with the component {@code toy:}, in a directory of its own. */
  private void dropJar() throws IOException {
    Path jar = Files.createDirectories(folder.resolve("toy")).resolve("toy-1.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream type = ToyComponent.class.getClassLoader().getResourceAsStream(TOY)) {
      out.putNextEntry(new JarEntry(TOY));
      Objects.requireNonNull(type).transferTo(out);
      out.putNextEntry(new JarEntry("META-INF/services/org/apache/camel/component/toy"));
      out.write("class=com.example.connector.ToyComponent".getBytes(StandardCharsets.UTF_8));
    }
  }

  private ConnectorLoader loader() {
    return ConnectorLoader.of(folder, getClass().getClassLoader());
  }

  @Test
  void aComponentInAJarIsFoundByItsScheme() throws IOException {
    dropJar();
    try (ConnectorLoader loader = loader();
        EmbeddedContext context = context(loader)) {
      Component toy = context.camel().getComponent("toy");
      assertEquals(ToyComponent.class.getName(), toy.getClass().getName());
    }
  }

  private static EmbeddedContext context(ClassLoader classes) {
    return new CamelContexts(
            new CamelContexts.Parts(
                Thread::new, classes, key -> null, 1000, Duration.ofSeconds(1), Map.of()))
        .make("test");
  }

  @Test
  void whatAConnectorBringsCountsBeforeWhatIsThere() throws Exception {
    dropJar();
    try (ConnectorLoader loader = loader()) {
      assertEquals(1, loader.count());
      assertNotSame(ToyComponent.class, loader.loadClass(ToyComponent.class.getName()));
      assertSame(Component.class, loader.loadClass(Component.class.getName()));
      assertSame(CamelContexts.class, loader.loadClass(CamelContexts.class.getName()));
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsRefused() {
    Path missing = folder.resolve("missing");
    assertThrows(
        IllegalArgumentException.class,
        () -> ConnectorLoader.of(missing, getClass().getClassLoader()));
  }
}
