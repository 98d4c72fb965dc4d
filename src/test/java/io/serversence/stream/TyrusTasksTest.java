package io.serversence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.core.BaseContainer;
import org.glassfish.tyrus.core.DebugContext;
import org.glassfish.tyrus.core.TyrusSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TyrusTasksTest {
  private final ScheduledThreadPoolExecutor usual = new ScheduledThreadPoolExecutor(1);
  private final ClientManager container = ClientManager.createClient();

  @AfterEach
  void stop() {
    usual.shutdownNow();
  }

  /** As a server does, whose executor is found by JNDI. */
  private void giveExecutor() throws ReflectiveOperationException {
    Field executor = BaseContainer.class.getDeclaredField("managedScheduledExecutorService");
    executor.setAccessible(true);
    executor.set(container, usual);
  }

  private static Runnable idleTask() throws ReflectiveOperationException {
    Constructor<?> made =
        Class.forName(TyrusSession.class.getName() + "$IdleTimeoutCommand")
            .getDeclaredConstructors()[0];
    made.setAccessible(true);
    return (Runnable) made.newInstance(new Object[made.getParameterCount()]);
  }

  @Test
  void tasks_for_an_idle_time_out_that_is_off_are_left_out() throws Exception {
    giveExecutor();
    assertThat(TyrusTasks.spare(container)).isTrue();
    var executor = container.getScheduledExecutorService();
    for (long off : new long[] {0, -1}) {
      assertThat(executor.schedule(idleTask(), off, TimeUnit.MILLISECONDS).isDone()).isTrue();
    }
    assertThat(usual.getTaskCount()).isZero();
  }

  @Test
  void all_others_run_as_they_did() throws Exception {
    giveExecutor();
    assertThat(TyrusTasks.spare(container)).isTrue();
    var executor = container.getScheduledExecutorService();
    var idle = executor.schedule(idleTask(), 1, TimeUnit.HOURS);
    assertThat(idle.getDelay(TimeUnit.MINUTES)).isBetween(58L, 60L);
    assertThat(idle.cancel(true)).isTrue();
    CountDownLatch ran = new CountDownLatch(6);
    executor.schedule(ran::countDown, 0, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);
    executor.execute(ran::countDown);
    executor.submit(ran::countDown).get(10, TimeUnit.SECONDS);
    assertThat(executor.schedule(() -> 7, 0, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS))
        .isEqualTo(7);
    var often = executor.scheduleAtFixedRate(ran::countDown, 0, 1, TimeUnit.MILLISECONDS);
    var later = executor.scheduleWithFixedDelay(ran::countDown, 0, 1, TimeUnit.MILLISECONDS);
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(often.isDone() || later.isDone()).isFalse();
    executor.shutdown();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(executor.isShutdown() && executor.isTerminated() && usual.isTerminated()).isTrue();
  }

  @Test
  void a_container_of_another_kind_stays_as_it_is() {
    assertThat(TyrusTasks.spare(container)).isFalse(); // it has no executor of a server
    assertThat(TyrusTasks.spare("no container")).isTrue();
    assertThat(TyrusTasks.spare(new DebugContext())).isFalse(); // Tyrus, but not as it was
  }
}
