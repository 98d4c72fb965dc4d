package io.serversence.stream;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leaves out the tasks of Tyrus for an idle time-out that is off; see {@link TyrusTasks}. */
final class SparingExecutor extends AbstractExecutorService implements ScheduledExecutorService {
  static final String IDLE = "org.glassfish.tyrus.core.TyrusSession$IdleTimeoutCommand";

  private final ScheduledExecutorService usual;

  SparingExecutor(ScheduledExecutorService usual) {
    this.usual = usual;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return delay <= 0 && task.getClass().getName().equals(IDLE)
        ? Done.NOW
        : usual.schedule(task, delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return usual.schedule(task, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return usual.scheduleAtFixedRate(task, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return usual.scheduleWithFixedDelay(task, initialDelay, delay, unit);
  }

  @Override
  public void execute(Runnable task) {
    usual.execute(task);
  }

  @Override
  public void shutdown() {
    usual.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return usual.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return usual.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return usual.isTerminated();
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
    return usual.awaitTermination(time, unit);
  }

  /** What is done. */
  private static final class Done implements ScheduledFuture<Object> {
    private static final Done NOW = new Done();

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(0, other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(boolean interrupts) {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isDone() {
      return true;
    }

    @Override
    public @Nullable Object get() {
      return null;
    }

    @Override
    public @Nullable Object get(long time, TimeUnit unit) {
      return null;
    }
  }
}
