package io.serversence.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the OpenAPI document says of an operation, beyond its JAX-RS annotations and its role. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
  /** One phrase. */
  String value();

  /** The query parameters; any other one is refused, see {@link Query}. */
  String[] query() default {};

  /** The schema of the body, or empty for none. */
  String takes() default "";

  /** The schema of the answer, or empty for none; {@code *} after it for a page of them. */
  String gives() default "";

  /** Whether the answer can be had as CSV and NDJSON too, see {@link Rows}. */
  boolean rows() default false;

  /** Whether what has the schema {@code Configuration} is YAML, and the rest JSON. */
  boolean yaml() default false;

  /** The status of success. */
  int status() default 200;

  /** The path, where it differs from JAX-RS's. */
  String path() default "";
}
