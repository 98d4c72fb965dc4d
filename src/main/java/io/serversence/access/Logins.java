package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where passwords and tokens are tried out: within {@link LoginLimits}, two hashes at once, and
 * every failure in the audit. Passwords of names that are not local are the directory's, if there
 * is one. Safe for use by many threads.
 */
@ApplicationScoped
public class Logins {
  /** The way of a browser, which has a session from then on. */
  public static final String SESSION = "session";

  @Inject Users users;
  @Inject Tokens tokens;
  @Inject Passwords passwords;
  @Inject LoginLimits limits;
  @Inject AuditLog audit;
  @Inject Directory directory;
  @Inject DirectoryRights rights;
  @Inject Outsiders outsiders;

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public Logins() {}

  /**
   * The user whom the password proves.
   *
   * @param address where it came from
   * @param way {@code session} or {@code basic}
   * @throws Refused UNAUTHENTICATED if it does not; TOO_MANY, and then it was not tried out;
   *     UNAVAILABLE if the directory is needed and does not tell; FORBIDDEN for whom the directory
   *     knows, but who has no role here
   */
  public User password(String name, String password, String address, String way) {
    return password(name, password, address, way, Optional::empty);
  }

  /**
   * The same, if what is known already does not tell.
   *
   * @param known asked again when it is this one's turn, so that a burst with the same new
   *     credentials costs one hash
   */
  User password(
      String name, String password, String address, String way, Supplier<Optional<User>> known) {
    limits.checkPassword(name, address); // before waiting for a turn, which others need
    boolean elsewhere = directory.configured() && !users.isTaken(name);
    Optional<User> user =
        passwords.guarded(
            () ->
                known
                    .get()
                    .or(
                        () ->
                            elsewhere
                                ? users.verify(name, password) // for the time that it takes
                                : limits.password(
                                    name, address, () -> verified(name, password, address, way))));
    if (user.isEmpty() && elsewhere) { // without a turn, which local users need, however long
      user = limits.password(name, address, () -> verifiedElsewhere(name, password, address, way));
    }
    return user.orElseThrow(
        () -> new Refused(Refused.Reason.UNAUTHENTICATED, "wrong user name or password"));
  }

  private Optional<User> verifiedElsewhere(
      String name, String password, String address, String way) {
    Optional<Vouched> vouched = directory.verify(name, password);
    if (vouched.isEmpty()) {
      failed(null, address, way, 401);
      return Optional.empty();
    }
    try {
      User user = outsiders.admit(vouched.get(), Instant.now());
      if (way.equals(SESSION)) { // what proves itself with each request is asked about soon anyway
        rights.remember(user);
      }
      return Optional.of(user);
    } catch (Refused e) {
      failed(vouched.get().name(), address, way, e.reason().status());
      throw e;
    }
  }

  private Optional<User> verified(String name, String password, String address, String way) {
    Optional<User> user = users.verify(name, password);
    if (user.isEmpty()) {
      // People type passwords where the name belongs: only names that exist are kept.
      failed(users.exists(name) ? name : null, address, way, 401);
    }
    return user;
  }

  /**
   * The token that a secret proves.
   *
   * @throws Refused UNAUTHENTICATED if it proves none; TOO_MANY
   */
  Token bearer(String secret, String address) {
    Optional<Token> token = tokens.prove(secret);
    if (token.isEmpty()) {
      limits.wrongBearer(address);
      failed(null, address, "bearer", 401);
      throw new Refused(Refused.Reason.UNAUTHENTICATED, "no such token, or it has expired");
    }
    return token.get();
  }

  private void failed(@Nullable String name, String address, String way, int status) {
    audit.record(AuditEntry.of(Instant.now(), name, address, AuditEntry.LOGIN, way, status));
  }
}
