package io.serversence.api;

import io.serversence.access.Caller;
import io.serversence.access.Needs;
import io.serversence.access.Open;
import io.serversence.access.Role;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a guard before every resource method: the role that it needs, and the query parameters that
 * it knows. A method without a role does not get as far as here, see {@link ResourceClasses}; if it
 * did, only an admin could use it.
 */
@Provider
public class RoleFeature implements DynamicFeature {
  static final String PARAMETERS = "io.serversence.api.parameters";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** Names the operation, where it is one for the audit. */
  static final String OPERATION = "io.serversence.api.operation";

  @Override
  public void configure(ResourceInfo info, FeatureContext context) {
    Method method = info.getResourceMethod();
    Operation operation = method.getAnnotation(Operation.class);
    context.register(
        new Guard(
            neededBy(method),
            operation == null ? null : Set.of(operation.query()),
            audited(info.getResourceClass(), method)),
        Priorities.AUTHORIZATION);
  }

  private static @Nullable Role neededBy(Method method) {
    if (method.isAnnotationPresent(Open.class)) {
      return null;
    }
    Needs needs = method.getAnnotation(Needs.class);
    if (needs != null) {
      return needs.value();
    }
    // The server's own answer to OPTIONS tells nothing but the methods.
    boolean ours = method.getDeclaringClass().getName().startsWith("io.serversence.");
    return ours ? Role.ADMIN : Role.VIEWER;
  }

  /** The name of an operation that changes something, or null for one that does not. */
  private static @Nullable String audited(Class<?> resource, Method method) {
    String http = ResourceClasses.httpMethod(method);
    return http == null || SAFE.contains(http) || method.isAnnotationPresent(Open.class)
        ? null
        : OpenApi.operationId(resource, method);
  }

  /** Lets those pass who have the role. */
  record Guard(@Nullable Role needed, @Nullable Set<String> parameters, @Nullable String operation)
      implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (parameters != null) {
        request.setProperty(PARAMETERS, parameters);
      }
      if (operation != null) {
        request.setProperty(OPERATION, operation);
      }
      if (needed == null) {
        return;
      }
      Object caller = request.getProperty(IdentifyFilter.CALLER);
      if (caller instanceof Caller known && known.may(needed)) {
        return;
      }
      boolean anonymous = !(caller instanceof Caller known) || known.anonymous();
      request.abortWith(
          anonymous
              ? Problem.of(401, "credentials are needed")
              : Problem.of(403, "this needs the role " + needed.word()));
    }
  }
}
