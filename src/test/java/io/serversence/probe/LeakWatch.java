package io.serversence.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class in whose time a buffer was lost. */
final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  static {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(
        new ResourceLeakDetectorFactory() {
          @Override
          @SuppressWarnings("deprecation")
          public <T> ResourceLeakDetector<T> newResourceLeakDetector(
              Class<T> resource, int samplingInterval, long maxActive) {
            return new Recording<>(resource, samplingInterval);
          }
        });
  }

  private static final class Recording<T> extends ResourceLeakDetector<T> {
    Recording(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      LEAKS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      LEAKS.add(resourceType);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    LEAKS.clear();
  }

  /**
   * Loses one buffer on purpose: once the collector has found that one, it has found all those that
   * were lost before.
   */
  @Override
  public void afterAll(ExtensionContext context) {
    String mark = "lost on purpose after " + context.getDisplayName();
    lose(mark);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (LEAKS.stream().noneMatch(leak -> leak.contains(mark))) {
      assertThat(System.nanoTime()).isLessThan(end);
      System.gc();
      ByteBufAllocator.DEFAULT.buffer(16).release(); // each new one looks for lost ones
    }
    assertThat(LEAKS).allMatch(leak -> leak.contains(mark));
  }

  private static void lose(String mark) {
    ByteBufAllocator.DEFAULT.buffer(16).touch(mark);
  }
}
