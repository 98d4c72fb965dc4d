package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users there are, in memory and in the store: one node is the active one, so that what it has
 * in memory is true, and logging in needs no database. Safe for use by many threads.
 */
@ApplicationScoped
public class Users {
  public static final String ADMIN = "admin";
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject UserStore store;
  @Inject Passwords passwords;
  @Inject AccessSettings settings;

  private volatile @Nullable Map<String, User> users;

  /**
   * Loads the users. At the first start it adds {@code admin}; where a password for it is
   * configured, it sets that.
   *
   * @return the password that was made up for {@code admin}, if one was
   */
  public synchronized Optional<String> start(Instant now) {
    Map<String, User> loaded = new LinkedHashMap<>();
    store.all().forEach(user -> loaded.put(user.name(), user));
    String configured = settings.adminPassword();
    User admin = loaded.get(ADMIN);
    String madeUp = null;
    if (configured == null && loaded.isEmpty()) {
      madeUp = randomPassword();
    }
    String password = configured == null ? madeUp : configured;
    if (password != null && (admin == null || !passwords.matches(password, admin.passwordHash()))) {
      User changed =
          admin == null
              ? new User(ADMIN, Role.ADMIN, passwords.hash(password), true, now)
              : admin.withPasswordHash(passwords.hash(password));
      store.save(changed);
      loaded.put(ADMIN, changed);
    }
    users = Map.copyOf(loaded);
    return Optional.ofNullable(madeUp);
  }

  /** The user, if the password is right and the account is on; always costs one hash. */
  public Optional<User> verify(String name, String password) {
    User user = known().get(name);
    boolean matches = passwords.matches(password, user == null ? null : user.passwordHash());
    return user != null && matches && user.enabled() ? Optional.of(user) : Optional.empty();
  }

  /** True while nothing about the user has changed: name, role, password, account on. */
  public boolean unchanged(User user) {
    Map<String, User> all = users;
    return all != null && user.enabled() && user.equals(all.get(user.name()));
  }

  /** The user of that name whose account is on. */
  public Optional<User> find(String name) {
    Map<String, User> all = users;
    return Optional.ofNullable(all == null ? null : all.get(name)).filter(User::enabled);
  }

  private Map<String, User> known() {
    Map<String, User> all = users;
    if (all == null) {
      throw new Refused(Refused.Reason.UNAVAILABLE, "ServerSence is starting");
    }
    return all;
  }

  private static String randomPassword() {
    byte[] bytes = new byte[15];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
