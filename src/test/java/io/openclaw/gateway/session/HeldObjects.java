package io.openclaw.gateway.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of the gateway's own objects one of them holds, however indirectly: through fields, through
 * what a lambda has captured, through collections, maps and arrays. Like a heap dump that begins at
 * one object. Confined to the thread that owns what is looked at.
 */
final class HeldObjects {
  private static final String OURS = "io.openclaw.";

  private final Set<Class<?>> notFollowed;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  private HeldObjects(Set<Class<?>> notFollowed) {
    this.notFollowed = notFollowed;
  }

  /**
   * The objects that {@code root} holds, itself included, by the simple name of their class.
   *
   * @param notFollowed classes whose instances are left out, with all that only they hold
   */
  static Map<String, List<Object>> of(Object root, Set<Class<?>> notFollowed) {
    HeldObjects held = new HeldObjects(notFollowed);
    held.find(root);
    return held.byClass();
  }

  private void find(Object root) {
    open.add(root);
    while (!open.isEmpty()) {
      Object next = open.remove();
      if (!notFollowed.contains(next.getClass()) && seen.add(next)) {
        follow(next);
      }
    }
  }

  private void follow(Object holder) {
    if (holder instanceof Object[] array) {
      addAll(Arrays.asList(array));
    } else if (holder instanceof Collection<?> collection) {
      addAll(collection);
    } else if (holder instanceof Map<?, ?> map) {
      addAll(map.keySet());
      addAll(map.values());
    } else if (isOurs(holder)) {
      for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
        followFields(holder, type);
      }
    }
  }

  private void addAll(Collection<?> objects) {
    for (Object object : objects) {
      if (object != null) {
        open.add(object);
      }
    }
  }

  private void followFields(Object holder, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (isReference(field) && type.getName().startsWith(OURS)) {
        try {
          field.setAccessible(true);
          Object value = field.get(holder);
          if (value != null) {
            open.add(value);
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static boolean isReference(Field field) {
    return !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers());
  }

  private static boolean isOurs(Object object) {
    return object.getClass().getName().startsWith(OURS);
  }

  private Map<String, List<Object>> byClass() {
    Map<String, List<Object>> byClass = new TreeMap<>();
    for (Object object : seen) {
      if (isOurs(object)) {
        byClass
            .computeIfAbsent(object.getClass().getSimpleName(), name -> new ArrayList<>())
            .add(object);
      }
    }
    return byClass;
  }
}
