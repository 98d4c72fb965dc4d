package io.serversence.stream;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Spares Payara up to half of what a message over WebSocket costs. Its container, Tyrus, schedules
 * a task at each send that is to look after the idle time-out, which is off; the task is due at
 * once, wakes another thread and does nothing. There is no setting for that, so this reaches into
 * Tyrus, for this application's container alone. Where Tyrus has changed, all stays as it was.
 */
@WebListener
public class TyrusTasks implements ServletContextListener {
  private static final Logger LOG = System.getLogger(TyrusTasks.class.getName());
  private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
  private static final String TYRUS = "org.glassfish.tyrus.";
  private static final String BASE = TYRUS + "core.BaseContainer";
  private static final String EXECUTOR = "managedScheduledExecutorService";

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Object container = event.getServletContext().getAttribute(CONTAINER);
    if (container != null && !spare(container)) {
      LOG.log(Level.WARNING, "WebSocket costs more than it must on this version of the server");
    }
  }

  /** False if it is Tyrus and could not be changed. */
  static boolean spare(Object container) {
    Class<?> type = container.getClass();
    boolean tyrus = false;
    while (type != null && !type.getName().equals(BASE)) {
      tyrus |= type.getName().startsWith(TYRUS);
      type = type.getSuperclass();
    }
    try {
      return type == null ? !tyrus : change(container, type.getDeclaredField(EXECUTOR));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, "cannot reach into Tyrus", e);
      return false;
    }
  }

  private static boolean change(Object container, Field executor)
      throws ReflectiveOperationException {
    Class.forName(SparingExecutor.IDLE, false, executor.getDeclaringClass().getClassLoader());
    executor.setAccessible(true);
    if (executor.get(container) instanceof ScheduledExecutorService usual) {
      executor.set(container, new SparingExecutor(usual));
      return true;
    }
    return false;
  }
}
