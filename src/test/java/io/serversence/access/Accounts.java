package io.serversence.access;

import io.serversence.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The parts of access as CDI would put them together, with few iterations and a clock by hand. */
final class Accounts {
  static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  final Users users = new Users();
  final Passwords passwords = new Passwords();
  final Sessions sessions = new Sessions();
  final Tokens tokens = new Tokens();
  final LoginLimits limits = new LoginLimits();
  final AuditLog audit = new AuditLog();
  final CredentialGate gate = new CredentialGate();
  final Outsiders outsiders = new Outsiders();
  final Directory directory = new Directory();
  final DirectoryRights rights = new DirectoryRights();
  final HandClock clock = new HandClock();
  final AuditStore auditStore;

  @SuppressWarnings("UnnecessaryAssignment") // what CDI would do
  Accounts(Database database, @Nullable Role anonymous) {
    AccessSettings settings =
        new AccessSettings(
            anonymous, "the admin's password", RoleMapping.parse("admin=chiefs,operator=ops"));
    passwords.iterations = 10;
    users.store = new UserStore(database);
    users.passwords = passwords;
    users.settings = settings;
    tokens.store = new TokenStore(database);
    tokens.clock = clock;
    auditStore = new AuditStore(database);
    audit.store = auditStore;
    audit.clock = clock;
    Logins logins = new Logins();
    logins.users = users;
    logins.tokens = tokens;
    logins.passwords = passwords;
    logins.limits = limits;
    logins.audit = audit;
    logins.directory = directory;
    logins.rights = rights;
    logins.outsiders = outsiders;
    directory.settings = LdapSettings.NONE;
    rights.directory = directory;
    rights.outsiders = outsiders;
    gate.users = users;
    gate.sessions = sessions;
    gate.tokens = tokens;
    gate.logins = logins;
    gate.settings = settings;
    gate.outsiders = outsiders;
    gate.rights = rights;
    outsiders.users = users;
    outsiders.settings = settings;
    users.start(NOW);
    tokens.start();
  }

  User add(String name, Role role) {
    return users.add(new User(name, role, passwords.hash("password of " + name), true, NOW));
  }

  /** A clock that is moved by hand. */
  static final class HandClock extends Clock {
    private volatile Instant now = NOW;

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
