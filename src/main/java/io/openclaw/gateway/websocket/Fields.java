package io.openclaw.gateway.websocket;

import java.lang.reflect.Field;
import java.util.Objects;

/** Fields of containers' classes that have no accessor, for the transports that know them. */
final class Fields {
  private Fields() {}

  /**
   * What a field holds, whatever its visibility.
   *
   * @throws ReflectiveOperationException if there is no such field in the class or those above
   * @throws RuntimeException if it may not be read, or holds nothing
   */
  static Object read(Object owner, String name) throws ReflectiveOperationException {
    return Objects.requireNonNull(find(owner, name).get(owner), name);
  }

  /**
   * Puts something else into a field.
   *
   * @throws ReflectiveOperationException if there is no such field in the class or those above
   * @throws RuntimeException if it may not be written
   */
  static void write(Object owner, String name, Object value) throws ReflectiveOperationException {
    find(owner, name).set(owner, value);
  }

  private static Field find(Object owner, String name) throws NoSuchFieldException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(owner.getClass().getName() + '.' + name);
  }
}
