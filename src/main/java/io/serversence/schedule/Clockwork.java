package io.serversence.schedule;

import io.serversence.access.AuditLog;
import io.serversence.access.Tokens;
import io.serversence.access.Users;
import io.serversence.config.DataFolder;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import io.serversence.database.Database;
import io.serversence.database.DatabaseAway;
import io.serversence.page.LivePages;
import io.serversence.stream.LiveStream;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The start, the tick and the end of the whole. A wrong setting or a database that does not fit
 * makes the deployment fail; one that is away does not, it is waited for.
 */
@ContextServiceDefinition(
    name = "java:module/concurrent/no-context",
    cleared = {
      ContextServiceDefinition.APPLICATION,
      ContextServiceDefinition.SECURITY,
      ContextServiceDefinition.TRANSACTION
    })
@ManagedThreadFactoryDefinition(
    name = "java:module/concurrent/bare-threads",
    context = "java:module/concurrent/no-context")
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container injects, start() sets the rest
public class Clockwork {
  private static final System.Logger LOG = System.getLogger(Clockwork.class.getName());
  private static final long TICK_MS = 100;
  private static final long JOIN_MS = 9_000;
  private static final long AUDIT_JOIN_MS = 500;
  private static final long PAGES_JOIN_MS = 500;

  @Resource TimerService timers;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  ManagedThreadFactory threads;

  @Resource(lookup = "java:module/concurrent/bare-threads")
  ManagedThreadFactory bareThreads;

  @Inject Configuration configuration;
  @Inject Database database;
  @Inject LiveStream stream;
  @Inject Users users;
  @Inject Tokens tokens;
  @Inject AuditLog audit;
  @Inject Node node;
  @Inject LivePages pages;

  private Announcement announcement;
  private Keeper keeper;
  private @Nullable Thread keeping;
  private @Nullable Thread auditing;
  private @Nullable Thread publishing;

  @PostConstruct
  void start() {
    try {
      DataFolder.make(configuration.data()); // reads and checks all settings before
      announcement = new Announcement(configuration.address().url());
      keeper =
          new Keeper(
              Clock.system(),
              configuration,
              database,
              stream,
              users,
              tokens,
              node,
              new Threads(threads, bareThreads),
              announcement::password);
      open();
    } catch (RuntimeException e) {
      refuse("ServerSence cannot start: " + reason(e));
      throw e;
    }
    keeping = threads.newThread(keeper);
    keeping.start();
    auditing = threads.newThread(audit);
    auditing.start();
    publishing = threads.newThread(pages);
    publishing.start();
    timers.createIntervalTimer(TICK_MS, TICK_MS, new TimerConfig("tick", false));
  }

  /**
   * Says why there is no start. A server that is there for nothing else ends with it, at once, so
   * that this is the last line and whoever started it notices; Payara Micro would go on without us.
   */
  @SuppressWarnings("SystemOut") // as the last lines of a start that went well
  private static void refuse(String why) {
    if (Boolean.parseBoolean(Settings.ofProcess().text("standalone"))) {
      System.out.println(why);
      System.out.flush();
      Runtime.getRuntime().halt(1);
    }
    LOG.log(Level.ERROR, why);
  }

  /** The container wraps what a bean says when it is made. */
  private static String reason(RuntimeException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof InvalidSetting) {
        return String.valueOf(t.getMessage());
      }
    }
    return String.valueOf(e.getMessage());
  }

  /** Here already, so that a schema that does not fit stops the start. */
  private void open() {
    try {
      database.open(threads);
    } catch (DatabaseAway e) {
      LOG.log(Level.WARNING, "the database is away ({0}); waiting for it", e.getMessage());
    }
  }

  @Timeout
  void tick() {
    node.ifActive().ifPresent(ActiveNode::tick);
    announcement.tick(node.ifActive().isPresent(), node.waitingFor());
  }

  @PreDestroy
  void stop() {
    Thread running = keeping;
    if (running == null) {
      return;
    }
    pages.stop();
    join(publishing, PAGES_JOIN_MS);
    audit.stop();
    join(auditing, AUDIT_JOIN_MS); // before the keeper closes the database
    keeper.stop();
    join(running, JOIN_MS);
    if (running.isAlive()) {
      LOG.log(Level.ERROR, "ServerSence did not come to its end in time");
    }
  }

  private static void join(@Nullable Thread thread, long millis) {
    try {
      if (thread != null) {
        thread.join(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
