package io.serversence.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.serversence.document.Refused;
import io.serversence.probe.Reply;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself, and its keys: asked for when it is needed and remembered for an
 * hour. A failure is remembered for five seconds, so that a rush of people costs one try. Keys are
 * asked for again where one is unknown, at most twice in half a minute. Safe for use by many
 * threads.
 */
final class OidcProvider {
  /**
   * What ID tokens may be signed with: not {@code none}, and no HMAC, which would take a public key
   * for a secret.
   */
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  static final Duration LIFE = Duration.ofHours(1);
  static final Duration PAUSE = Duration.ofSeconds(5);
  private static final System.Logger LOG = System.getLogger(OidcProvider.class.getName());
  private static final Duration KEYS_INTERVAL = Duration.ofSeconds(30);

  /** The provider as it says to be, and how its ID tokens are judged. */
  record Known(OIDCProviderMetadata metadata, IDTokenValidator judge) {}

  private final OidcSettings settings;
  private final OidcHttp http;
  private final LongSupplier nanos;
  private @Nullable CompletableFuture<Known> known;
  private long asked;

  OidcProvider(OidcSettings settings, OidcHttp http, LongSupplier nanos) {
    this.settings = settings;
    this.http = http;
    this.nanos = nanos;
  }

  /**
   * The provider. Whoever finds it unknown asks it, and those who come meanwhile wait for that.
   *
   * @throws Refused UNAVAILABLE
   */
  Known known() {
    CompletableFuture<Known> now = new CompletableFuture<>();
    boolean first;
    synchronized (this) {
      first = isStale();
      if (first) {
        known = now;
        asked = nanos.getAsLong();
      } else {
        now = Objects.requireNonNull(known);
      }
    }
    if (first) {
      ask(now);
    }
    try {
      return OidcHttp.awaited(now);
    } catch (IOException e) {
      throw away(e.getMessage());
    }
  }

  private boolean isStale() {
    if (known == null) {
      return true;
    }
    Duration life = known.isCompletedExceptionally() ? PAUSE : LIFE;
    return known.isDone() && nanos.getAsLong() - asked > life.toNanos();
  }

  /** Not on the prober's threads: the first answer loads many classes. */
  private void ask(CompletableFuture<Known> to) {
    String issuer = settings.issuer().toString();
    String slashless = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    try {
      URI address = URI.create(slashless + "/.well-known/openid-configuration");
      to.complete(read(OidcHttp.awaited(http.get(address))));
    } catch (IOException e) {
      to.completeExceptionally(away(e.getMessage()));
    } catch (RuntimeException | Error e) {
      to.completeExceptionally(e);
    }
  }

  private Known read(Reply reply) {
    if (reply.status() == null || reply.status() != 200) {
      throw away(reply.status() == null ? reply.text() : "it answers " + reply.status());
    }
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(reply.text());
      if (!metadata.getIssuer().getValue().equals(settings.issuer().toString())) {
        throw away("it calls itself " + metadata.getIssuer() + ", not " + settings.issuer());
      }
      for (URI endpoint :
          new URI[] {metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI()}) {
        if (endpoint == null || !OidcSettings.confidential(endpoint)) {
          throw away("it names no https address where one is needed");
        }
      }
      return new Known(metadata, judge(metadata));
    } catch (ParseException | MalformedURLException | IllegalArgumentException e) {
      throw away("its description cannot be read: " + e.getMessage());
    }
  }

  private IDTokenValidator judge(OIDCProviderMetadata metadata) throws MalformedURLException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), http)
            .cache(LIFE.toMillis(), OidcHttp.TIME.toMillis())
            .refreshAheadCache(false) // would need a thread of its own
            .rateLimited(KEYS_INTERVAL.toMillis())
            .build();
    return new IDTokenValidator(
        metadata.getIssuer(),
        new ClientID(settings.clientId()),
        new JWSVerificationKeySelector<>(ALGORITHMS, keys),
        null);
  }

  /** The log gets the reason; whoever signs in cannot mend it. */
  Refused away(@Nullable String why) {
    LOG.log(
        Level.WARNING,
        "the provider {0} cannot be used: {1}",
        settings.issuer(),
        AuditEntry.logged(why));
    return new Refused(
        Refused.Reason.UNAVAILABLE, "the sign-in provider cannot be reached; try again later");
  }
}
