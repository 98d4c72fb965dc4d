package io.serversence.history;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that writes numbered facts and tells each once it is written. */
final class Committer {
  private Committer() {}

  /**
   * Takes the data folder, the first number, and for how many milliseconds H2 leaves space alone
   * that is free; ends when it is killed.
   */
  public static void main(String[] arguments) {
    Database database = Backend.H2_ECLIPSELINK.create(Backend.h2(Path.of(arguments[0])));
    database.open(Backend.threads());
    String retention = "set retention_time " + Integer.parseInt(arguments[2]);
    database.write(em -> em.createNativeQuery(retention).executeUpdate());
    Ledger ledger = new Ledger(database);
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      ledger.write(
          List.of(
              Given.taken(i, Given.NOW),
              Given.taken(i, Given.NOW.plusSeconds(1)),
              Given.opened(Given.incident(i, Given.NOW))));
      System.out.println(i);
    }
  }
}
