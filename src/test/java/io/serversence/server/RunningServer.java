package io.serversence.server;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Server} that is started once for the whole run and stopped at its end. A
 * test that stops or kills it must leave it running; one that needs other settings makes its own by
 * {@link ServerPlan}.
 */
final class RunningServer implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RunningServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Server.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .getOrComputeIfAbsent("shared", name -> ServerPlan.named(name).started(), Server.class);
  }
}
