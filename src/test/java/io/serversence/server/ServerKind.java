package io.serversence.server;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One of the servers that the WAR runs on: how a process of it is started and what its log says.
 */
sealed interface ServerKind permits PayaraMicro, WildFly {
  /** The one that this run of the suite is for; the build says which. */
  static ServerKind ofThisRun() {
    String name = given("server");
    return switch (name) {
      case "payara" -> new PayaraMicro(Path.of(given("payara.micro.jar")));
      case "wildfly" -> new WildFly(Path.of(given("wildfly.home")));
      default -> throw new IllegalStateException("no such server: " + name);
    };
  }

  /** A system property that the build passes to the tests. */
  static String given(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("run by the build only, which passes " + name);
    }
    return value;
  }

  /** Where the WAR is found on the server, without a slash at the end. */
  String contextPath();

  /**
   * Makes a server's own files in an empty folder.
   *
   * @param war deployed at the start
   */
  void prepare(Path folder, Path war) throws IOException;

  /**
   * Adds a PostgreSQL pool to what was prepared, by the script that operators use.
   *
   * @param driver the JDBC driver's file
   */
  void addPool(Path folder, Path driver) throws IOException;

  /** The JNDI name of that pool. */
  String poolName();

  /** Adds a mail session to what was prepared, by the script that operators use. */
  void addMailSession(Path folder) throws IOException;

  /** The process that runs what was prepared; its environment may still be changed. */
  ProcessBuilder command(Path folder, int port);

  /**
   * Lets the server to be started listen for TLS too, with the certificate that it makes itself.
   */
  void listenSecurely(ProcessBuilder command, int port);

  /** The server's Java process, which may be a child of the one that was started. */
  ProcessHandle java(Process started);

  /** True if it can be asked for a path with a broken percent escape. */
  boolean understandsEscapes();

  /** True if it closes a connection on which nothing can be written any more. */
  boolean closesOnTheStalled();

  /** True if it lets an application say bye on its WebSockets before it closes them at its end. */
  boolean leavesWebSocketsToUs();

  /**
   * True if an entry of the log, with its stack trace, tells of something that should not happen.
   */
  boolean isFault(String entry);
}
