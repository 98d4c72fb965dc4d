package io.serversence.access;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.serversence.document.Refused;
import io.serversence.probe.DocumentSource;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with an OpenID provider: its code flow with PKCE (OpenID Connect Core 1.0, section
 * 3.1; RFC 7636; RFC 9207). At most 16 requests wait for the provider at once. Safe for use by many
 * threads.
 */
@ApplicationScoped
public class OidcSignIn {
  public static final String COOKIE = "serversence-sign-in";
  static final String WAY = "oidc";
  private static final System.Logger LOG = System.getLogger(OidcSignIn.class.getName());
  private static final int MOST_AT_ONCE = 16;
  private static final int FOUND = 302;

  @Inject Optional<OidcSettings> settings;
  @Inject DocumentSource documents;
  @Inject Outsiders outsiders;
  @Inject Sessions sessions;
  @Inject LoginLimits limits;
  @Inject AuditLog audit;

  private final PendingCookie cookie = new PendingCookie();
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
  private @Nullable OidcProvider provider;
  private @Nullable OidcExchange exchange;

  /**
   * A sign-in that goes on with the provider.
   *
   * @param location where the browser is to go
   * @param cookie what it is to keep meanwhile, as {@link #COOKIE}, for ten minutes
   */
  public record Begun(URI location, String cookie) {}

  /**
   * A sign-in that has come to its end.
   *
   * @param token of the new session
   * @param returnTo the path where the browser is to go
   */
  public record Ended(String token, String returnTo) {}

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public OidcSignIn() {}

  @PostConstruct
  void configure() {
    settings.ifPresent(
        known -> {
          OidcHttp http = new OidcHttp(documents);
          OidcProvider made = new OidcProvider(known, http, System::nanoTime);
          provider = made;
          exchange = new OidcExchange(known, made, http);
        });
  }

  /** True if people may sign in so. */
  public boolean offered() {
    return settings.isPresent();
  }

  /**
   * Begins a sign-in.
   *
   * @param callback where the provider is to send the browser back to
   * @param returnTo where the browser is to go at last: a path of this application's
   * @throws Refused UNAVAILABLE if the provider is away, NOT_FOUND if there is none
   */
  public Begun begin(URI callback, String returnTo) {
    OidcSettings known = known();
    OIDCProviderMetadata metadata = inTurn(() -> provider().known().metadata());
    PendingSignIn pending =
        new PendingSignIn(
            new State().getValue(),
            new Nonce().getValue(),
            new CodeVerifier().getValue(),
            callback,
            returnTo);
    AuthenticationRequest request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(known.scopes().toArray(String[]::new)),
                new ClientID(known.clientId()),
                callback)
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(new State(pending.state()))
            .nonce(new Nonce(pending.nonce()))
            .codeChallenge(new CodeVerifier(pending.verifier()), CodeChallengeMethod.S256)
            .build();
    return new Begun(request.toURI(), cookie.seal(pending, Instant.now()));
  }

  /**
   * Ends a sign-in with what the provider sent the browser back with; the session that the browser
   * had before is over then.
   *
   * @param answer the parameters of the query
   * @param cookies the Cookie header, or null
   * @param address where the request comes from
   * @throws Refused UNAUTHENTICATED if it proves nobody, FORBIDDEN if it proves somebody who may do
   *     nothing here, TOO_MANY, UNAVAILABLE; NOT_FOUND if there is no provider
   */
  public Ended end(Map<String, String[]> answer, @Nullable String cookies, String address) {
    known();
    PendingSignIn pending = pending(answer.get("state"), cookies).orElse(null);
    if (pending == null) {
      limits.stray(address);
      failed(null, address, Refused.Reason.UNAUTHENTICATED);
      throw new Refused(
          Refused.Reason.UNAUTHENTICATED,
          "this sign-in was not begun in this browser, or more than ten minutes ago");
    }
    Vouched vouched = vouched(answer, pending, address);
    User user = admitted(vouched, address);
    audit.record(AuditEntry.of(Instant.now(), user.name(), address, AuditEntry.LOGIN, WAY, FOUND));
    sessions.close(cookies); // a new login never keeps an old token
    return new Ended(sessions.open(user), pending.returnTo());
  }

  private Vouched vouched(Map<String, String[]> answer, PendingSignIn pending, String address) {
    try {
      return limits.elsewhere(
          address, () -> inTurn(() -> exchange().vouched(code(answer, pending), pending)));
    } catch (Refused e) {
      if (e.reason() == Refused.Reason.UNAUTHENTICATED) {
        failed(null, address, e.reason());
      }
      throw e;
    }
  }

  private AuthorizationCode code(Map<String, String[]> answer, PendingSignIn pending) {
    return OidcAnswer.code(answer, pending.callback(), provider().known().metadata());
  }

  private User admitted(Vouched vouched, String address) {
    try {
      return outsiders.admit(vouched, Instant.now());
    } catch (Refused e) {
      failed(vouched.name(), address, e.reason());
      throw e;
    }
  }

  private Optional<PendingSignIn> pending(String @Nullable [] state, @Nullable String cookies) {
    if (state == null || state.length != 1) {
      return Optional.empty();
    }
    Instant now = Instant.now();
    byte[] told = state[0].getBytes(StandardCharsets.UTF_8);
    return CookieHeader.values(cookies, COOKIE).stream()
        .flatMap(value -> cookie.open(value, now).stream())
        .filter(
            pending ->
                MessageDigest.isEqual(told, pending.state().getBytes(StandardCharsets.UTF_8)))
        .findFirst();
  }

  /** Lets a few wait for the provider, lest they take all threads of the server. */
  private <T> T inTurn(Supplier<T> work) {
    if (!turns.tryAcquire()) {
      throw new Refused(
          Refused.Reason.UNAVAILABLE, "too many people are signing in; try again in a minute");
    }
    try {
      return work.get();
    } catch (Refused e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a sign-in failed", e);
      throw OidcAnswer.refused("what the sign-in provider answers cannot be understood");
    } finally {
      turns.release();
    }
  }

  private void failed(@Nullable String name, String address, Refused.Reason reason) {
    audit.record(
        AuditEntry.of(Instant.now(), name, address, AuditEntry.LOGIN, WAY, reason.status()));
  }

  private OidcSettings known() {
    return settings.orElseThrow(
        () -> new Refused(Refused.Reason.NOT_FOUND, "there is no sign-in provider"));
  }

  private OidcProvider provider() {
    known();
    return Objects.requireNonNull(provider);
  }

  private OidcExchange exchange() {
    known();
    return Objects.requireNonNull(exchange);
  }
}
