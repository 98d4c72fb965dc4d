package io.serversence.server;

import io.serversence.access.OpenIdProvider;
import io.serversence.access.TestDirectory;
import io.serversence.probe.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Hardened} server, started once for the whole run: nobody reads without
 * credentials, it stands behind a proxy that signs people in, knows those of a directory over TLS
 * and those of an OpenID provider, may connect to loopback only, and is part of a portal.
 */
final class HardenedServer implements ParameterResolver {
  static final String PORTAL = "https://portal.example";
  private static final Namespace NAMESPACE = Namespace.create(HardenedServer.class);

  private static final String STORE = "changeit";

  /** The server, and those whom it asks who people are. */
  record Hardened(Server server, TestDirectory directory, OpenIdProvider provider)
      implements AutoCloseable {
    @Override
    public void close() {
      server.close();
      directory.close();
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
    TestDirectory directory = new TestDirectory();
    OpenIdProvider provider = new OpenIdProvider(true);
    ServerPlan plan = ServerPlan.named(name);
    Path trusted = plan.folder().resolve("trusted.p12");
    Server server =
        plan.with("SERVERSENCE_PROXIES", "127.0.0.1,::1")
            .with("SERVERSENCE_PROXY_USER_HEADER", "Remote-User")
            .with("SERVERSENCE_PROXY_GROUPS_HEADER", "Remote-Groups")
            .with("SERVERSENCE_ROLES", "admin=chiefs,operator=on call")
            .with("SERVERSENCE_ORIGINS", PORTAL)
            .with("SERVERSENCE_FRAME_ANCESTORS", "self," + PORTAL)
            .with("SERVERSENCE_EGRESS", "127.0.0.0/8")
            .with("SERVERSENCE_OIDC_ISSUER", provider.issuer())
            .with("SERVERSENCE_OIDC_CLIENT_ID", OpenIdProvider.CLIENT)
            .with("SERVERSENCE_OIDC_CLIENT_SECRET", OpenIdProvider.SECRET)
            .with("SERVERSENCE_OIDC_GROUPS_CLAIM", "realm_access.roles")
            .with("SERVERSENCE_LDAP_URL", directory.tlsUrl())
            .with("SERVERSENCE_LDAP_BIND_DN", TestDirectory.SERVICE)
            .with("SERVERSENCE_LDAP_BIND_PASSWORD", TestDirectory.SERVICE_PASSWORD)
            .with("SERVERSENCE_LDAP_USER_BASE", TestDirectory.PEOPLE)
            .with("SERVERSENCE_LDAP_GROUP_BASE", TestDirectory.GROUPS)
            .with(
                "JDK_JAVA_OPTIONS", // with the second compiler, which hashing passwords wants
                "-Djavax.net.ssl.trustStore="
                    + trusted
                    + " -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword="
                    + STORE)
            .prepared();
    try (OutputStream out = Files.newOutputStream(trusted)) {
      TestCertificates.authority().store(out, STORE.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server.start();
    return new Hardened(server, directory, provider);
  }
}
