package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a caller is by the credentials of all kinds: session cookie, else Bearer, else whom a
 * trusted proxy names, else HTTP Basic, else anonymous as configured. Safe for use by many threads.
 */
@ApplicationScoped
public class CredentialGate implements Gate {
  /** Before what names a token or a state of a user; a session's proof has no colon. */
  private static final String TOKEN = "token:";

  private static final String USER = "user:";

  /** Before the moment until which the word of somebody else is believed without asking again. */
  private static final String OUTSIDE = "outside:";

  static final Duration OUTSIDE_LIFE = Duration.ofMinutes(15);

  @Inject Users users;
  @Inject Sessions sessions;
  @Inject Tokens tokens;
  @Inject Logins logins;
  @Inject AccessSettings settings;
  @Inject Outsiders outsiders;
  @Inject DirectoryRights rights;

  LongSupplier nanos = System::nanoTime;

  private final VerifiedCredentials verified = new VerifiedCredentials(System::nanoTime);

  @Override
  public Caller identify(
      @Nullable String authorization,
      @Nullable String cookies,
      String address,
      @Nullable Vouched vouched) {
    for (String secret : Sessions.tokens(cookies)) {
      Optional<Session> session = sessions.use(secret);
      if (session.isPresent() && holds(session.get().user())) {
        User user = session.get().user();
        return new Caller(user.name(), user.role(), true, session.get().proof(), address);
      }
    }
    boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    if (vouched != null && !bearer) {
      User user = outsiders.admit(vouched, Instant.now());
      // as with a cookie, the browser sends what the proxy knows it by for other sites too
      return new Caller(user.name(), user.role(), true, proof(user), address);
    }
    if (authorization == null || authorization.isBlank()) {
      return new Caller(null, settings.anonymous(), false, null, address);
    }
    if (bearer) {
      Token token = logins.bearer(authorization.substring(7).strip(), address);
      return new Caller(token.actor(), token.role(), false, TOKEN + token.id(), address);
    }
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      User user = basic(authorization.substring(6).strip(), address);
      return new Caller(user.name(), user.role(), false, proof(user), address);
    }
    throw new Refused(
        Refused.Reason.UNAUTHENTICATED,
        "only Bearer, HTTP Basic and session cookies are understood");
  }

  @Override
  public boolean stillValid(Caller caller) {
    String proof = caller.proof();
    if (caller.name() == null || proof == null) {
      return caller.name() == null && caller.role() == settings.anonymous();
    }
    if (proof.startsWith(TOKEN)) {
      return tokens.find(proof.substring(TOKEN.length())).isPresent(); // a token's role stays
    }
    if (proof.startsWith(OUTSIDE)) {
      long end = Long.parseLong(proof.substring(OUTSIDE.length()));
      return end - nanos.getAsLong() > 0
          && users.unchanged(User.fromOutside(caller.name(), Role.VIEWER, Instant.EPOCH));
    }
    if (proof.startsWith(USER)) {
      String state = proof.substring(USER.length());
      return users.find(caller.name()).filter(user -> state(user).equals(state)).isPresent();
    }
    return sessions.find(proof).filter(session -> holds(session.user())).isPresent();
  }

  private boolean holds(User user) {
    return users.unchanged(user) && rights.hold(user);
  }

  private String proof(User user) {
    return user.outside()
        ? OUTSIDE + (nanos.getAsLong() + OUTSIDE_LIFE.toNanos())
        : USER + state(user);
  }

  /** Differs after any change, and for another user of the same name. */
  private static String state(User user) {
    return user.createdAt() + "/" + user.revision();
  }

  private User basic(String encoded, String address) {
    Optional<User> known = verified.find(encoded).filter(users::unchanged);
    if (known.isPresent()) {
      return known.get();
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw wrong();
    }
    User user =
        logins.password(
            pair.substring(0, colon),
            pair.substring(colon + 1),
            address,
            "basic",
            () -> verified.find(encoded).filter(users::unchanged));
    verified.add(encoded, user);
    return user;
  }

  private static Refused wrong() {
    return new Refused(Refused.Reason.UNAUTHENTICATED, "wrong user name or password");
  }
}
