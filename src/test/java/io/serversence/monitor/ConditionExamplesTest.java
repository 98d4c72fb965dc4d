package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people copy from our documents and from the form can be stored. */
class ConditionExamplesTest {
  @Test
  void those_of_the_document_are_conditions() throws IOException, ConditionSyntaxException {
    check(Path.of("src/docs/conditions.md"), "```conditions\n", "```");
  }

  @Test
  void those_of_the_form_are_conditions() throws IOException, ConditionSyntaxException {
    check(Path.of("src/main/webapp/js/monitor-form.js"), "const CONDITIONS = `", "`;");
  }

  private static void check(Path file, String begin, String end)
      throws IOException, ConditionSyntaxException {
    String text = Files.readString(file);
    int from = text.indexOf(begin) + begin.length();
    List<String> examples = text.substring(from, text.indexOf(end, from)).lines().toList();
    assertThat(examples).hasSizeGreaterThan(5);
    for (String example : examples) {
      assertThat(Condition.parse(example).text()).isEqualTo(example);
    }
  }
}
