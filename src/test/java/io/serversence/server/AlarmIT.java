package io.serversence.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sound of an alarm, as it reaches the loudspeaker. Skipped without a Chromium. */
@ExtendWith(RunningServer.class)
class AlarmIT {
  /** Listens to all that is led to the loudspeaker: its peak, and how many notes have ended. */
  private static final String EAR =
      """
      window.heard = { peak: 0, notes: 0, pitches: new Set() };
      const connect = AudioNode.prototype.connect;
      AudioNode.prototype.connect = function (to, ...more) {
        if (to instanceof AudioDestinationNode) {
          const ear = new AnalyserNode(this.context, { fftSize: 2048 });
          const wave = new Float32Array(ear.fftSize);
          connect.call(this, ear);
          const listening = setInterval(() => {
            ear.getFloatTimeDomainData(wave);
            heard.peak = wave.reduce((most, one) => Math.max(most, Math.abs(one)), heard.peak);
          }, 10);
          this.context.addEventListener('statechange', () =>
            this.context.state === 'closed' && clearInterval(listening));
        }
        return connect.call(this, to, ...more);
      };
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) {
        this.addEventListener('ended', () => {
          heard.notes++;
          heard.pitches.add(this.frequency.value);
        });
        return start.apply(this, when);
      };""";

  private final Server server;
  private final Monitors monitors;
  private TargetFarm farm;

  AlarmIT(Server server) {
    this.server = server;
    monitors = new Monitors(server.admin());
  }

  @BeforeEach
  void add() {
    assumeTrue(Browser.installed().isPresent(), "there is no Chromium");
    farm = new TargetFarm();
    monitors.add(Wanted.quick(Wanted.http("loud", farm.url("/loud"))));
    monitors.awaitState("loud", "UP");
  }

  @AfterEach
  void remove() {
    if (farm != null) {
      farm.close();
      monitors.remove("loud");
    }
  }

  /** A board that has been heard once, as it sounds when the sound is switched on. */
  private Page tuned(Browser browser) {
    BrowserContext context = browser.context(); // of its own: one tab of a browser rings for all
    context.addInitScript(EAR);
    Browser.signIn(context, server);
    Page page = browser.board(context, server);
    page.keyboard().press("a");
    page.waitForFunction("() => heard.notes === 2");
    assertThat(heard(page)).isBetween(0.1, 0.5);
    return page;
  }

  private static double heard(Page page) {
    return ((Number) page.evaluate("() => heard.peak")).doubleValue();
  }

  private static void forget(Page page) {
    page.evaluate("() => { heard.peak = 0; heard.notes = 0; }");
  }

  @Test
  void what_goes_down_is_heard_where_the_sound_is_on_and_nowhere_else() {
    try (Browser browser = new Browser()) {
      Page on = tuned(browser);
      Page off = tuned(browser);
      off.keyboard().press("a");
      assertThat(off.locator("#alarm[aria-pressed=false]")).isVisible();
      off.locator("[name=query]").fill("loud"); // whatever else is on the board
      forget(on);
      forget(off);

      farm.fail("/loud");

      assertThat(off.locator("ss-monitor[data-monitor=loud][data-state=DOWN]")).isVisible();
      on.waitForFunction("() => heard.notes === 4");
      assertThat(heard(on)).as("the loudest moment, of 1").isBetween(0.1, 0.5);
      assertThat(on.evaluate("() => [...heard.pitches].join()")).isEqualTo("880,660");
      assertThat(heard(off)).isLessThan(0.01); // the end of the last note of before
      assertThat(off.evaluate("() => heard.notes")).isEqualTo(0);
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
