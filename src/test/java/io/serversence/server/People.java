package io.serversence.server;

import io.serversence.access.Passwords;
import io.serversence.access.Role;
import io.serversence.access.User;
import io.serversence.access.UserStore;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A server with a user of each role, where anybody may read, with a public address of its own,
 * monitors of a configuration file, and a proxy elsewhere that signs people in.
 */
final class People implements AutoCloseable {
  /** Where the server believes that people find it. */
  static final String ADDRESS = "https://watch.example";

  /** The proxy, which no test can be. */
  static final String PROXY = "192.0.2.10";

  private static final String PASSWORD = "a password of people";

  private final Server server;

  private People(Server server) {
    this.server = server;
  }

  static People started() {
    ServerPlan plan = ServerPlan.named("people");
    Path file = plan.folder().resolve("serversence.yaml");
    Server server =
        plan.with("SERVERSENCE_ANONYMOUS", "viewer")
            .with("SERVERSENCE_URL", ADDRESS + "/")
            .with("SERVERSENCE_PROXIES", PROXY)
            .with("SERVERSENCE_PROXY_USER_HEADER", "Remote-User")
            .with("SERVERSENCE_ROLES", "admin=*")
            .with("SERVERSENCE_CONFIG", file.toString())
            .prepared();
    try {
      Files.writeString(
          file,
          """
          settings:
            origins: https://portal.example
          monitors:
            - id: of-the-file
              name: Of the file
              group: files
              target: {type: tcp, host: 127.0.0.1, port: %d}
              interval: 1s
            - name: Beats of the file
              target: {type: heartbeat, grace: 1h}
          """
              .formatted(server.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addUsers(server.data());
    server.start();
    return new People(server);
  }

  /** There is no operation for that yet; so the database gets them before the start. */
  private static void addUsers(Path data) {
    Passwords passwords = new Passwords();
    try (Database database =
        Backend.H2_ECLIPSELINK.create(DatabaseSettings.of(null, null, null, null, data))) {
      database.open(Backend.threads());
      UserStore users = new UserStore(database);
      for (Role role : new Role[] {Role.VIEWER, Role.OPERATOR}) {
        users.save(new User(role.word(), role, passwords.hash(PASSWORD), true, Instant.now()));
      }
    }
  }

  Server server() {
    return server;
  }

  Api viewer() {
    return new Api(server, Role.VIEWER.word(), PASSWORD);
  }

  Api operator() {
    return new Api(server, Role.OPERATOR.word(), PASSWORD);
  }

  Api admin() {
    return server.admin();
  }

  /** Without credentials, which is enough to read here. */
  Api anyone() {
    return server.anyone();
  }

  @Override
  public void close() {
    server.close();
  }
}
