package io.serversence.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.serversence.document.Refused;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gets from a provider who somebody is, for the code that came by the browser. Blocks. Safe for use
 * by many threads.
 */
final class OidcExchange {
  private static final System.Logger LOG = System.getLogger(OidcExchange.class.getName());

  private final OidcSettings settings;
  private final OidcProvider provider;
  private final OidcHttp http;

  OidcExchange(OidcSettings settings, OidcProvider provider, OidcHttp http) {
    this.settings = settings;
    this.provider = provider;
    this.http = http;
  }

  /**
   * Whom the provider names.
   *
   * @throws Refused UNAUTHENTICATED for what proves nobody, FORBIDDEN for somebody without a name,
   *     UNAVAILABLE
   */
  Vouched vouched(AuthorizationCode code, PendingSignIn pending) {
    OidcProvider.Known known = provider.known();
    try {
      OIDCTokens tokens = tokens(known.metadata(), code, pending);
      IDTokenClaimsSet proven =
          known.judge().validate(tokens.getIDToken(), new Nonce(pending.nonce()));
      checkParty(proven);
      Map<String, Object> claims = new LinkedHashMap<>(proven.toJSONObject());
      URI more = known.metadata().getUserInfoEndpointURI();
      if (more != null
          && (settings.name().texts(claims).isEmpty()
              || settings.groups().texts(claims).isEmpty())) {
        userInfo(more, tokens, proven).forEach(claims::putIfAbsent);
      }
      return vouched(claims);
    } catch (IOException | KeySourceException e) {
      throw provider.away(e.getMessage());
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw refused(e.getMessage());
    }
  }

  /** The library leaves a party alone that is named without need (Core, 3.1.3.7). */
  private void checkParty(IDTokenClaimsSet proven) {
    AuthorizedParty party = proven.getAuthorizedParty();
    if (party == null
        ? proven.getAudience().size() > 1
        : !party.getValue().equals(settings.clientId())) {
      throw refused("the ID token was made for another client");
    }
  }

  private Vouched vouched(Map<String, Object> claims) {
    Set<String> names = settings.name().texts(claims);
    if (names.size() != 1) {
      throw new Refused(
          Refused.Reason.FORBIDDEN,
          "the sign-in provider does not tell your name: it should be in " + settings.name());
    }
    return new Vouched(names.iterator().next(), settings.groups().texts(claims));
  }

  private OIDCTokens tokens(
      OIDCProviderMetadata metadata, AuthorizationCode code, PendingSignIn pending)
      throws IOException, ParseException {
    HTTPResponse answer = request(metadata, code, pending).toHTTPRequest().send(http);
    if (answer.getStatusCode() >= 500) {
      throw new IOException("its token endpoint answers " + answer.getStatusCode());
    }
    TokenResponse response = OIDCTokenResponseParser.parse(answer);
    if (response instanceof OIDCTokenResponse success) {
      return success.getOIDCTokens();
    }
    throw refused(
        "its token endpoint refuses the code: " + response.toErrorResponse().getErrorObject());
  }

  private TokenRequest request(
      OIDCProviderMetadata metadata, AuthorizationCode code, PendingSignIn pending) {
    URI endpoint = metadata.getTokenEndpointURI();
    ClientID client = new ClientID(settings.clientId());
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(code, pending.callback(), new CodeVerifier(pending.verifier()));
    String secret = settings.clientSecret();
    if (secret == null) {
      return new TokenRequest.Builder(endpoint, client, grant).build();
    }
    @Nullable List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    boolean basic =
        methods == null
            || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            || !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    return new TokenRequest.Builder(
            endpoint,
            basic
                ? new ClientSecretBasic(client, new Secret(secret))
                : new ClientSecretPost(client, new Secret(secret)),
            grant)
        .build();
  }

  /** What the ID token need not tell; it must be about the same person. */
  private Map<String, Object> userInfo(URI endpoint, OIDCTokens tokens, IDTokenClaimsSet proven)
      throws IOException, ParseException {
    UserInfoResponse response =
        UserInfoResponse.parse(
            new UserInfoRequest(endpoint, tokens.getAccessToken()).toHTTPRequest().send(http));
    if (!response.indicatesSuccess()) {
      throw new IOException("its userinfo endpoint refuses");
    }
    UserInfo info = response.toSuccessResponse().getUserInfo();
    if (info == null || !proven.getSubject().equals(info.getSubject())) {
      throw refused("its userinfo endpoint tells of somebody else");
    }
    return info.toJSONObject();
  }

  /** The log gets the reason. */
  private Refused refused(@Nullable String why) {
    LOG.log(
        Level.WARNING,
        "a sign-in by {0} was refused: {1}",
        settings.issuer(),
        AuditEntry.logged(why));
    return new Refused(
        Refused.Reason.UNAUTHENTICATED,
        "what the sign-in provider answers proves nobody; the log of ServerSence has the reason");
  }
}
