package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Open;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Knows all resource classes, and makes the deployment fail where an operation has no role. A CDI
 * extension, because both servers let a failing one stop the deployment.
 */
public class ResourceClasses implements Extension {
  private final Set<Class<?>> classes =
      new ConcurrentSkipListSet<>(Comparator.comparing(Class::getName));

  <T> void found(@Observes @WithAnnotations(Path.class) ProcessAnnotatedType<T> type) {
    Class<T> found = type.getAnnotatedType().getJavaClass();
    if (found.isAnnotationPresent(Path.class)) {
      classes.add(found);
    }
  }

  void check(@Observes AfterDeploymentValidation validation) {
    for (Method method : withoutRole(List.copyOf(classes))) {
      validation.addDeploymentProblem(
          new DefinitionException(method + " has neither @Needs nor @Open"));
    }
  }

  /** Ordered by name. */
  public List<Class<?>> all() {
    return List.copyOf(classes);
  }

  static List<Method> withoutRole(List<Class<?>> classes) {
    return classes.stream()
        .flatMap(c -> Arrays.stream(c.getMethods()))
        .filter(m -> httpMethod(m) != null)
        .filter(m -> !m.isAnnotationPresent(Needs.class) && !m.isAnnotationPresent(Open.class))
        .toList();
  }

  /** The HTTP method that a resource method serves, or null if it is none. */
  static @Nullable String httpMethod(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        return http.value();
      }
    }
    return null;
  }
}
