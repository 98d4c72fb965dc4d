package io.serversence.server;

import io.serversence.access.OpenIdProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Hardened} server, started once for the whole run: nobody reads without
 * credentials, it stands behind a proxy that signs people in, they may sign in with a provider, it
 * may connect to loopback only, and is part of a portal.
 */
final class HardenedServer implements ParameterResolver {
  static final String PORTAL = "https://portal.example";
  private static final Namespace NAMESPACE = Namespace.create(HardenedServer.class);

  /** The server, and the provider where people may sign in, too. */
  record Hardened(Server server, OpenIdProvider provider) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
      provider.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Hardened.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .getOrComputeIfAbsent("hardened", HardenedServer::started, Hardened.class);
  }

  private static Hardened started(String name) {
    OpenIdProvider provider = new OpenIdProvider(true);
    return new Hardened(
        ServerPlan.named(name)
            .with("SERVERSENCE_OIDC_ISSUER", provider.issuer())
            .with("SERVERSENCE_OIDC_CLIENT_ID", OpenIdProvider.CLIENT)
            .with("SERVERSENCE_OIDC_CLIENT_SECRET", OpenIdProvider.SECRET)
            .with("SERVERSENCE_OIDC_GROUPS_CLAIM", "realm_access.roles")
            .with("SERVERSENCE_PROXIES", "127.0.0.1,::1")
            .with("SERVERSENCE_PROXY_USER_HEADER", "Remote-User")
            .with("SERVERSENCE_PROXY_GROUPS_HEADER", "Remote-Groups")
            .with("SERVERSENCE_ROLES", "admin=chiefs,operator=on call")
            .with("SERVERSENCE_ORIGINS", PORTAL)
            .with("SERVERSENCE_FRAME_ANCESTORS", "self," + PORTAL)
            .with("SERVERSENCE_EGRESS", "127.0.0.0/8")
            .started(),
        provider);
  }
}
