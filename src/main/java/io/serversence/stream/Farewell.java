package io.serversence.stream;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.jspecify.annotations.Nullable;

/**
 * Says bye to all readers when the server begins to take the application down. WildFly closes its
 * WebSockets, and takes away what its answers need to end, long before it destroys the beans.
 */
@WebListener
public class Farewell implements ServletContextListener {
  @Inject private @Nullable LiveStream stream;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    LiveStream live = stream;
    if (live != null) {
      live.stop();
    }
  }
}
