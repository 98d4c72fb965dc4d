package io.serversence.access;

import io.serversence.document.Refused;
import io.serversence.incident.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bearer tokens there are, in memory and in the store, at most 1,000. Safe for use by many
 * threads.
 *
 * <p>A token is 256 random bits, of which only the SHA-256 is kept. A slow hash, as passwords need,
 * would gain nothing: nobody can try out 2^256 values, however fast each try is, and a request
 * would pay for it each time.
 */
@ApplicationScoped
public class Tokens {
  static final int MOST = 1_000;

  /** Lets scanners for leaked secrets recognise one. */
  private static final String PREFIX = "serversence_";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** What is known, by id and by hash. */
  private record Known(TreeMap<String, Token> byId, Map<String, Token> byHash) {
    static Known of(TreeMap<String, Token> byId) {
      return new Known(
          byId, byId.values().stream().collect(Collectors.toMap(Token::hash, Function.identity())));
    }
  }

  @Inject TokenStore store;

  Clock clock = Clock.systemUTC();

  private volatile @Nullable Known known;

  @SuppressWarnings("NullAway.Init") // CDI sets the store
  public Tokens() {}

  /** Loads the tokens, when this node becomes the active one. */
  public synchronized void start() {
    TreeMap<String, Token> loaded = new TreeMap<>();
    store.all().forEach(token -> loaded.put(token.id(), token));
    known = Known.of(loaded);
  }

  /** Forgets the tokens, which another node may change from now on. */
  public synchronized void stop() {
    known = null;
  }

  /** What a client sends once, and the token that it proves. */
  public record Issued(Token token, String secret) {}

  /**
   * Makes a token.
   *
   * @throws Refused CONFLICT if there are too many
   */
  public synchronized Issued issue(
      String name, Role role, @Nullable Instant expiresAt, String createdBy) {
    TreeMap<String, Token> all = new TreeMap<>(known().byId());
    if (all.size() >= MOST) {
      throw new Refused(
          Refused.Reason.CONFLICT, "there are " + MOST + " tokens; delete those not needed");
    }
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    Token token =
        new Token(Ids.at(now).toString(), name, role, hash(secret), now, createdBy, expiresAt);
    store.add(token);
    all.put(token.id(), token);
    known = Known.of(all);
    return new Issued(token, secret);
  }

  /** Ends a token, if there is one of that id. */
  public synchronized boolean revoke(String id) {
    TreeMap<String, Token> all = new TreeMap<>(known().byId());
    if (all.remove(id) == null) {
      return false;
    }
    store.remove(id);
    known = Known.of(all);
    return true;
  }

  /** All, the newest first, expired ones too. */
  public List<Token> all() {
    return new ArrayList<>(known().byId().descendingMap().values());
  }

  /** The token that a secret proves now. */
  Optional<Token> prove(String secret) {
    return Optional.ofNullable(known().byHash().get(hash(secret))).filter(this::live);
  }

  /** The token of that id, if it proves anything now. */
  Optional<Token> find(String id) {
    Known now = known;
    return Optional.ofNullable(now == null ? null : now.byId().get(id)).filter(this::live);
  }

  private boolean live(Token token) {
    return token.liveAt(clock.instant());
  }

  private Known known() {
    Known now = known;
    if (now == null) {
      throw Users.notServing();
    }
    return now;
  }

  private static String hash(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
