package io.serversence.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A small OpenID provider that lets in whoever comes, as {@link #user} says, and can be told to
 * lie. It checks what a provider must: the client, the redirect address, PKCE, and that a code is
 * used once. Safe for use by many threads.
 */
public final class OpenIdProvider implements AutoCloseable {
  public static final String CLIENT = "server sence";
  public static final String SECRET = "a secret: with%+ signs&äö, of 32 bytes and more";

  /** How ID tokens are signed. */
  public enum Signing {
    RSA,
    EC,
    /** With another key of the same name. */
    STRANGER,
    /** With the client's secret. */
    HMAC,
    NONE
  }

  private record Grant(Map<String, String> request, Map<String, Object> user) {}

  /** Made once, since that takes its time. The last is never a provider's. */
  private static final List<RSAKey> RSA_KEYS = List.of(rsaKey(), rsaKey(), rsaKey());

  private static final int STRANGERS = 2;

  private final AtomicInteger rotations = new AtomicInteger();
  private final Map<String, Grant> codes = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> access = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final int port;
  private final boolean secret;
  private HttpServer server;
  private volatile RSAKey rsa;
  private volatile ECKey ec;

  /** The claims of who comes next. */
  public volatile Map<String, Object> user = Map.of("sub", "1", "preferred_username", "zoe");

  /** Which of them the userinfo endpoint alone tells. */
  public volatile Map<String, Object> userInfo = Map.of();

  public volatile Signing signing = Signing.RSA;

  /** Makes what is about to be signed a lie. */
  public volatile UnaryOperator<JWTClaimsSet.Builder> lie = claims -> claims;

  /** What the answer to the browser names as its issuer; null for nothing. */
  public volatile String answerIssuer;

  /** What the description names. */
  public volatile String saidIssuer;

  /** A provider whose client has a secret, or has none. */
  public OpenIdProvider(boolean secret) {
    this.secret = secret;
    this.server = listening(0);
    this.port = server.getAddress().getPort();
    this.answerIssuer = issuer();
    this.saidIssuer = issuer();
    rotate();
  }

  private static RSAKey rsaKey() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer listening(int at) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
      made.createContext("/", this::answer);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + port + "/realms/main";
  }

  /** New keys with new names; tokens of before are not verified any more. */
  public void rotate() {
    try {
      RSAKey next = RSA_KEYS.get(rotations.getAndIncrement() % STRANGERS);
      rsa = new RSAKey.Builder(next).keyID("rsa-" + UUID.randomUUID()).build();
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec-" + UUID.randomUUID()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody listens any more. */
  public void leave() {
    server.stop(0);
  }

  public void comeBack() {
    server = listening(port);
  }

  @Override
  public void close() {
    leave();
  }

  /** How often the last part of a path was asked for, such as {@code keys}. */
  public int asked(String what) {
    AtomicInteger count = asked.get(what);
    return count == null ? 0 : count.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String what = path.substring(path.lastIndexOf('/') + 1);
    asked.computeIfAbsent(what, name -> new AtomicInteger()).incrementAndGet();
    try {
      switch (what) {
        case "openid-configuration" -> json(exchange, 200, description());
        case "keys" -> send(exchange, 200, keys().toString());
        case "authorize" -> authorize(exchange);
        case "token" -> token(exchange);
        case "userinfo" -> tellMore(exchange);
        default -> send(exchange, 404, "");
      }
    } catch (RuntimeException | JOSEException e) {
      send(exchange, 400, "{\"error\":\"invalid_request\"}");
    }
  }

  private JWKSet keys() {
    return new JWKSet(List.<JWK>of(rsa.toPublicJWK(), ec.toPublicJWK()));
  }

  private JsonObject description() {
    JsonObjectBuilder description = Json.object();
    description.add("issuer", saidIssuer);
    description.add("authorization_endpoint", issuer() + "/authorize");
    description.add("token_endpoint", issuer() + "/token");
    description.add("userinfo_endpoint", issuer() + "/userinfo");
    description.add("jwks_uri", issuer() + "/keys");
    description.add("response_types_supported", Json.array().add("code"));
    description.add("subject_types_supported", Json.array().add("public"));
    description.add("id_token_signing_alg_values_supported", Json.array().add("RS256"));
    description.add("authorization_response_iss_parameter_supported", true);
    return description.build();
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> request = first(exchange.getRequestURI().getRawQuery());
    check(request.get("client_id").equals(CLIENT));
    check(request.get("response_type").equals("code"));
    check(List.of(request.get("scope").split(" ", -1)).contains("openid"));
    check(request.get("redirect_uri").endsWith("/sign-in/oidc/callback"));
    check(request.get("code_challenge_method").equals("S256"));
    check(request.get("code_challenge").length() == 43);
    String code = UUID.randomUUID().toString();
    codes.put(code, new Grant(request, user));
    String back = request.get("redirect_uri") + "?code=" + code;
    back += "&state=" + URLEncoder.encode(request.get("state"), UTF_8);
    if (answerIssuer != null) {
      back += "&iss=" + URLEncoder.encode(answerIssuer, UTF_8);
    }
    exchange.getResponseHeaders().set("Location", back);
    send(exchange, 302, "");
  }

  private void token(HttpExchange exchange) throws IOException, JOSEException {
    Map<String, String> request =
        first(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (!isClient(exchange, request)) {
      send(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    Grant grant = codes.remove(String.valueOf(request.get("code")));
    if (grant == null
        || !"authorization_code".equals(request.get("grant_type"))
        || !grant.request().get("redirect_uri").equals(request.get("redirect_uri"))
        || !grant.request().get("code_challenge").equals(challenge(request.get("code_verifier")))) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    String token = UUID.randomUUID().toString();
    access.put(token, userInfo);
    JsonObjectBuilder tokens = Json.object();
    tokens.add("token_type", "Bearer").add("access_token", token).add("expires_in", 60);
    tokens.add("id_token", idToken(grant));
    json(exchange, 200, tokens.build());
  }

  private boolean isClient(HttpExchange exchange, Map<String, String> request) {
    String basic = URLEncoder.encode(CLIENT, UTF_8) + ":" + URLEncoder.encode(SECRET, UTF_8);
    String wanted = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8));
    return secret
        ? wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))
        : CLIENT.equals(request.get("client_id"));
  }

  private String idToken(Grant grant) throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .claim("nonce", grant.request().get("nonce"));
    grant.user().forEach(claims::claim);
    JWTClaimsSet set = lie.apply(claims).build();
    return switch (signing) {
      case NONE -> new PlainJWT(set).serialize();
      case HMAC -> {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set);
        token.sign(new MACSigner(SECRET));
        yield token.serialize();
      }
      case EC -> {
        SignedJWT token = new SignedJWT(header(JWSAlgorithm.ES256, ec), set);
        token.sign(new ECDSASigner(ec));
        yield token.serialize();
      }
      case RSA, STRANGER -> {
        SignedJWT token = new SignedJWT(header(JWSAlgorithm.RS256, rsa), set);
        RSAKey with = signing == Signing.RSA ? rsa : RSA_KEYS.get(STRANGERS);
        token.sign(new RSASSASigner(with));
        yield token.serialize();
      }
    };
  }

  private static JWSHeader header(JWSAlgorithm algorithm, JWK key) {
    return new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
  }

  private void tellMore(HttpExchange exchange) throws IOException {
    String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Map<String, Object> told = access.get(bearer.replace("Bearer ", ""));
    if (told == null) {
      send(exchange, 401, "");
      return;
    }
    Map<String, Object> claims = new LinkedHashMap<>(told);
    send(exchange, 200, com.nimbusds.jose.util.JSONObjectUtils.toJSONString(claims));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> first(String query) {
    Map<String, String> first = new HashMap<>();
    URLUtils.parseParameters(query).forEach((name, values) -> first.put(name, values.get(0)));
    return first;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("a wrong request");
    }
  }

  private static void json(HttpExchange exchange, int status, JsonObject body) throws IOException {
    send(exchange, status, body.toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
