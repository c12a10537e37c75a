package io.openclaw.gateway.security;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks the access policy before the method runs. Among its parameters are something {@link
 * Authenticated}, and the topic or pattern it is about; see {@link AuthorizationInterceptor}. Works
 * on beans that CDI discovered, not on objects that were produced.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Authorized {
  /** What the method does on the topic. */
  @Nonbinding
  Action value();

  /** Whether it is called also if only a part of the topics is granted, and keeps to that part. */
  @Nonbinding
  boolean narrows() default false;
}
