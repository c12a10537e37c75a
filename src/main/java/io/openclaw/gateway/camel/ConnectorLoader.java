package io.openclaw.gateway.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees the jars of a directory and of the directories in it, before what the archive and the server
 * have: a connector brings its own libraries in its own versions. What gateway and connectors must
 * share comes from the archive and the server: Camel, SLF4J, Jakarta EE and the gateway itself.
 * Thread-safe.
 */
public final class ConnectorLoader extends URLClassLoader {
  private static final Logger LOG = System.getLogger(ConnectorLoader.class.getName());
  private static final List<String> SHARED =
      List.of(
          "java.",
          "javax.",
          "jakarta.",
          "org.slf4j.",
          "org.apache.camel.",
          "io.openclaw.gateway.",
          "org.snakeyaml.engine.");
  private static final int DEPTH = 2;

  static {
    registerAsParallelCapable();
  }

  private ConnectorLoader(List<URL> jars, ClassLoader parent) {
    super("connectors", jars.toArray(URL[]::new), parent);
  }

  /**
   * Reads the names of the jars; one that comes later is seen after the next start.
   *
   * @param directory where they are, or null: there are none
   * @throws IllegalArgumentException if it cannot be read
   */
  public static ConnectorLoader of(@Nullable Path directory, ClassLoader parent) {
    ConnectorLoader loader =
        new ConnectorLoader(directory == null ? List.of() : jars(directory), parent);
    if (loader.count() > 0) {
      loader.loadDrivers();
    }
    return loader;
  }

  /**
   * JDBC's own search for drivers was over before these jars were there; loading registers them.
   */
  private void loadDrivers() {
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class, this).iterator();
    try {
      while (drivers.hasNext()) {
        LOG.log(Level.DEBUG, "a driver of JDBC: {0}", drivers.next());
      }
    } catch (ServiceConfigurationError e) {
      LOG.log(Level.WARNING, "a driver of JDBC among the connectors cannot be used", e);
    }
  }

  private static List<URL> jars(Path directory) {
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      return files
          .filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
          .sorted()
          .map(ConnectorLoader::url)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(directory + " is no directory that can be read", e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar + " has no URL", e);
    }
  }

  /** How many jars there are. */
  public int count() {
    return getURLs().length;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (SHARED.stream().anyMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? own(name, resolve) : loaded;
    }
  }

  private Class<?> own(String name, boolean resolve) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      return super.loadClass(name, resolve);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    Set<String> seen = all.stream().map(URL::toString).collect(Collectors.toSet());
    for (URL url : Collections.list(super.getResources(name))) {
      if (seen.add(url.toString())) {
        all.add(url);
      }
    }
    return Collections.enumeration(all);
  }
}
