package io.serversence.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import jakarta.persistence.EntityExistsException;
import java.sql.SQLException;

/**
 * What a failure of the database means: a key is taken, a value is unfit, or anything else, which
 * is the database's trouble and may be over later. Safe for use by many threads.
 *
 * <p>States are those of SQL:2023, class 22 for data, class 23 for integrity; H2 uses its own codes
 * as states elsewhere.
 */
public final class Trouble implements SQLExceptionOverride {
  private static final String TAKEN = "23505";

  /**
   * Has the pool drop connections that it would keep: those to an H2 that has closed itself, which
   * the pool would trust for as long as they are in use, and those to a PostgreSQL that has become
   * a standby. Public for the pool.
   */
  @java.lang.Override
  public Override adjudicate(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("9") || state.equals("25006")
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }

  /** The failure in this program's words. */
  static RuntimeException translated(RuntimeException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof EntityExistsException) {
        return new Duplicate(e);
      }
      if (t instanceof SQLException sql) {
        if (TAKEN.equals(sql.getSQLState())) {
          return new Duplicate(e);
        }
        return ofData(sql) ? e : new DatabaseAway(cause(sql), e);
      }
    }
    return e;
  }

  /** True if the cause lies in the values, so that trying again cannot help. */
  private static boolean ofData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("23") || state.equals("54000");
  }

  /** The first line of the innermost cause. */
  static String cause(Throwable e) {
    Throwable t = e;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    String message = String.valueOf(t.getMessage()).strip();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
