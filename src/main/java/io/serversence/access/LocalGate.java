package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gate for local users: session cookie, else HTTP Basic, else anonymous as configured. Safe for
 * use by many threads.
 */
@ApplicationScoped
public class LocalGate implements Gate {
  @Inject Users users;
  @Inject Sessions sessions;
  @Inject Passwords passwords;
  @Inject AccessSettings settings;

  private final VerifiedCredentials verified = new VerifiedCredentials(System::nanoTime);

  @Override
  public Caller identify(@Nullable String authorization, @Nullable String cookies) {
    for (String token : Sessions.tokens(cookies)) {
      Optional<Session> session = sessions.use(token);
      if (session.isPresent() && users.unchanged(session.get().user())) {
        User user = session.get().user();
        return new Caller(user.name(), user.role(), true, session.get().proof());
      }
    }
    if (authorization == null || authorization.isBlank()) {
      return new Caller(null, settings.anonymous(), false);
    }
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      throw new Refused(
          Refused.Reason.UNAUTHENTICATED, "only HTTP Basic and session cookies are understood");
    }
    User user = basic(authorization.substring(6).strip());
    return new Caller(user.name(), user.role(), false, proof(user));
  }

  @Override
  public boolean stillValid(Caller caller) {
    String name = caller.name();
    String proof = caller.proof();
    if (name == null || proof == null) {
      return name == null && caller.role() == settings.anonymous();
    }
    Optional<User> user =
        caller.cookie()
            ? sessions.find(proof).map(Session::user).filter(users::unchanged)
            : users.find(name).filter(u -> proof(u).equals(proof));
    return user.filter(u -> u.role() == caller.role()).isPresent();
  }

  /** Names the password that a user has now. */
  private static String proof(User user) {
    return Sessions.proof(user.passwordHash());
  }

  private User basic(String encoded) {
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
    // Looked up again inside, so that a burst with the same new credentials costs one hash.
    return passwords
        .guarded(
            () ->
                verified
                    .find(encoded)
                    .filter(users::unchanged)
                    .or(() -> verify(encoded, pair, colon)))
        .orElseThrow(LocalGate::wrong);
  }

  private Optional<User> verify(String encoded, String pair, int colon) {
    Optional<User> user = users.verify(pair.substring(0, colon), pair.substring(colon + 1));
    user.ifPresent(u -> verified.add(encoded, u));
    return user;
  }

  private static Refused wrong() {
    return new Refused(Refused.Reason.UNAUTHENTICATED, "wrong user name or password");
  }
}
