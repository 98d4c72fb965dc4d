package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Forgets the users, whom another node may change from now on. */
  public synchronized void stop() {
    users = null;
  }

  /** All, ordered by name. */
  public List<User> all() {
    return known().values().stream().sorted(Comparator.comparing(User::name)).toList();
  }

  /** The user of that name, whether the account is on or not. */
  public Optional<User> get(String name) {
    return Optional.ofNullable(known().get(name));
  }

  boolean exists(String name) {
    return known().containsKey(name);
  }

  /** True if a user has the name in any case, lest one be taken for another. */
  boolean isTaken(String name) {
    return known().keySet().stream().anyMatch(name.strip()::equalsIgnoreCase);
  }

  /**
   * Adds a user.
   *
   * @throws Refused CONFLICT if the name is taken, in any case, lest one be taken for another
   */
  public synchronized User add(User user) {
    if (isTaken(user.name())) {
      throw new Refused(Refused.Reason.CONFLICT, "there is a user " + user.name() + " already");
    }
    return keep(user);
  }

  /**
   * Changes a user, which ends all that the old state has proved: sessions, remembered credentials
   * and streams.
   *
   * @param revision that there must be now, or null for any
   * @param role null to leave it, as with the others
   * @throws Refused NOT_FOUND; STALE; CONFLICT if no enabled admin would be left
   */
  public synchronized User change(
      String name,
      @Nullable Long revision,
      @Nullable Role role,
      @Nullable String passwordHash,
      @Nullable Boolean enabled) {
    User before = current(name, revision);
    User after =
        new User(
            name,
            role == null ? before.role() : role,
            passwordHash == null ? before.passwordHash() : passwordHash,
            enabled == null ? before.enabled() : enabled,
            before.createdAt(),
            before.revision());
    if (after.equals(before)) {
      return before;
    }
    if (!after.enabledAdmin()) {
      keepAnAdmin(before);
    }
    return keep(after.withPasswordHash(after.passwordHash()));
  }

  /**
   * Removes a user.
   *
   * @param revision that there must be now, or null for any
   * @throws Refused NOT_FOUND; STALE; CONFLICT if no enabled admin would be left
   */
  public synchronized void remove(String name, @Nullable Long revision) {
    keepAnAdmin(current(name, revision));
    store.remove(name);
    Map<String, User> left = new LinkedHashMap<>(known());
    left.remove(name);
    users = Map.copyOf(left);
  }

  private User current(String name, @Nullable Long revision) {
    User user = known().get(name);
    if (user == null) {
      throw new Refused(Refused.Reason.NOT_FOUND, "there is no such user");
    }
    if (revision != null && revision != user.revision()) {
      throw new Refused(
          Refused.Reason.STALE, "the user has changed; its revision is " + user.revision());
    }
    return user;
  }

  private void keepAnAdmin(User leaving) {
    boolean last =
        leaving.enabledAdmin() && known().values().stream().filter(User::enabledAdmin).count() == 1;
    if (last) {
      throw new Refused(
          Refused.Reason.CONFLICT, leaving.name() + " is the last admin whose account is on");
    }
  }

  private User keep(User user) {
    store.save(user);
    Map<String, User> all = new LinkedHashMap<>(known());
    all.put(user.name(), user);
    users = Map.copyOf(all);
    return user;
  }

  /** The user, if the password is right and the account is on; always costs one hash. */
  public Optional<User> verify(String name, String password) {
    User user = known().get(name);
    boolean matches = passwords.matches(password, user == null ? null : user.passwordHash());
    return user != null && matches && user.enabled() ? Optional.of(user) : Optional.empty();
  }

  /**
   * True while nothing about the user has changed: name, role, password, account on. Of somebody
   * from outside, while no local user has the name, in any case.
   */
  public boolean unchanged(User user) {
    Map<String, User> all = users;
    if (all == null || !user.enabled()) {
      return false;
    }
    return user.outside()
        ? all.keySet().stream().noneMatch(user.name()::equalsIgnoreCase)
        : user.equals(all.get(user.name()));
  }

  /** The user of that name whose account is on. */
  public Optional<User> find(String name) {
    Map<String, User> all = users;
    return Optional.ofNullable(all == null ? null : all.get(name)).filter(User::enabled);
  }

  private Map<String, User> known() {
    Map<String, User> all = users;
    if (all == null) {
      throw notServing();
    }
    return all;
  }

  /** Why nobody can be told from anybody before the start, and in standby. */
  static Refused notServing() {
    return new Refused(
        Refused.Reason.UNAVAILABLE,
        "this node does not serve yet: it starts, or waits for the active node or the database");
  }

  private static String randomPassword() {
    byte[] bytes = new byte[15];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
