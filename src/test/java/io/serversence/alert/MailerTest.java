package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.alert.ChannelSettings.Email;
import io.serversence.alert.ChannelSettings.Smtp;
import io.serversence.alert.ChannelSettings.Smtp.Security;
import io.serversence.probe.EgressPolicy;
import io.serversence.probe.Prober;
import io.serversence.probe.ProberSettings;
import io.serversence.probe.TestCertificates;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.RejectException;

/** Mail goes to a real SMTP server, over a socket. */
class MailerTest {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final String PASSWORD = "p4ss-word";

  private Prober prober;

  @BeforeEach
  void start() {
    prober = new Prober(Thread::new, ProberSettings.DEFAULT);
  }

  @AfterEach
  void stop() {
    prober.close();
  }

  private Mailer mailer(EgressPolicy egress, SSLSocketFactory tls) {
    return new Mailer(task -> new Thread(task).start(), egress, prober::at, tls);
  }

  private Delivery send(Mailer mailer, Smtp smtp, Message message, Duration time) throws Exception {
    Email settings = new Email(List.of("ops@example.org", "b@example.org"), null, smtp);
    return mailer
        .send(settings, new Words(message, null), time)
        .toCompletableFuture()
        .get(15, TimeUnit.SECONDS);
  }

  private Delivery send(Smtp smtp, Message message) throws Exception {
    return send(mailer(EgressPolicy.OPEN, null), smtp, message, TIME);
  }

  private static Smtp plain(int port) {
    return new Smtp("localhost", port, Security.NONE, null, null);
  }

  private static Smtp login(int port, Security security, String password) {
    return new Smtp("localhost", port, security, "ops", password);
  }

  private static SSLContext showing(String alias) {
    try {
      return TestCertificates.showing(alias);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static MimeMessage parsed(MailServer.Mail mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.source().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_mail_arrives_whole_at_all_its_recipients_under_its_own_id() throws Exception {
    try (MailServer server = new MailServer()) {
      Message message = Messages.of(AlertEvent.OPENED, 2, "Größe\r\nBcc: x@evil.example", "von 😀");
      Delivery delivery = send(plain(server.port()), message);
      assertThat(delivery.ok()).as(delivery.message()).isTrue();
      assertThat(delivery.status()).isEqualTo(250);
      assertThat(send(plain(server.port()), message).ok()).isTrue();
      assertThat(server.mails).hasSize(2);
      assertThat(server.mails.get(0).from()).isEqualTo("serversence@example.org");
      assertThat(server.mails.get(0).to()).containsExactly("ops@example.org", "b@example.org");
      MimeMessage mail = parsed(server.mails.get(0));
      assertThat(mail.getSubject()).isEqualTo("DOWN: 2 monitors");
      assertThat(mail.getContent().toString())
          .contains("Größe Bcc: x@evil.example 0")
          .contains("von 😀")
          .contains("https://s.example/i?a=1&b=2");
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mail.getMessageID())
          .isEqualTo("<key-1@serversence.invalid>")
          .isEqualTo(parsed(server.mails.get(1)).getMessageID());
    }
  }

  @Test
  void a_name_cannot_end_the_subject() throws Exception {
    try (MailServer server = new MailServer()) {
      send(
          plain(server.port()),
          Messages.of(AlertEvent.OPENED, 1, "a\r\nBcc: x@evil.example\n", "x"));
      MimeMessage mail = parsed(server.mails.get(0));
      assertThat(mail.getSubject()).startsWith("DOWN: a Bcc: x@evil.example");
      assertThat(mail.getHeader("Bcc")).isNull();
    }
  }

  @Test
  void a_login_is_given_and_a_wrong_one_is_said_without_the_password() throws Exception {
    List<String> logins = new ArrayList<>();
    try (MailServer server =
        new MailServer(s -> MailServer.guarded(s, logins, "ops:" + PASSWORD))) {
      Smtp right = login(server.port(), Security.NONE, PASSWORD);
      assertThat(send(right, Messages.of(AlertEvent.TEST, 0)).ok()).isTrue();
      Delivery wrong =
          send(login(server.port(), Security.NONE, "not-it"), Messages.of(AlertEvent.TEST, 0));
      assertThat(wrong.ok()).isFalse();
      assertThat(wrong.status()).isEqualTo(535);
      assertThat(wrong.message()).contains("535").doesNotContain("not-it");
      assertThat(server.mails).hasSize(1);
      assertThat(logins).contains("ops:" + PASSWORD, "ops:not-it");
    }
  }

  @Test
  void with_starttls_the_login_goes_over_the_secured_connection() throws Exception {
    List<String> logins = new ArrayList<>();
    try (MailServer server =
        new MailServer(
            s ->
                MailServer.guarded(s, logins, "ops:" + PASSWORD)
                    .enableTLS()
                    .requireTLS()
                    .startTlsSocketFactory(showing("good")))) {
      Smtp smtp = login(server.port(), Security.STARTTLS, PASSWORD);
      Mailer trusting = mailer(EgressPolicy.OPEN, TestCertificates.trusting().getSocketFactory());
      Delivery delivery = send(trusting, smtp, Messages.of(AlertEvent.OPENED, 1), TIME);
      assertThat(delivery.ok()).as(delivery.message()).isTrue();
      assertThat(server.mails).hasSize(1);
      assertThat(logins).containsExactly("ops:" + PASSWORD);

      Delivery unknown = send(smtp, Messages.of(AlertEvent.OPENED, 1));
      assertThat(unknown.ok()).as("an authority that nobody knows").isFalse();
      assertThat(logins).hasSize(1);
    }
  }

  @Test
  void no_password_is_given_to_who_cannot_show_a_certificate_for_the_name() throws Exception {
    List<String> logins = new ArrayList<>();
    SSLSocketFactory trusting = TestCertificates.trusting().getSocketFactory();
    try (MailServer other =
            new MailServer(
                s ->
                    MailServer.guarded(s, logins, "ops:" + PASSWORD)
                        .enableTLS()
                        .startTlsSocketFactory(showing("other")));
        MailServer without =
            new MailServer(s -> MailServer.guarded(s, logins, "ops:" + PASSWORD))) {
      for (MailServer server : List.of(other, without)) {
        Smtp smtp = login(server.port(), Security.STARTTLS, PASSWORD);
        Delivery refused =
            send(mailer(EgressPolicy.OPEN, trusting), smtp, Messages.of(AlertEvent.TEST, 0), TIME);
        assertThat(refused.ok()).isFalse();
        assertThat(refused.message()).startsWith("the mail server did not take it");
      }
      assertThat(logins).isEmpty();
    }
  }

  @Test
  void with_tls_the_first_byte_is_secured_already() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> first =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = listening.accept()) {
                  return socket.getInputStream().read();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      Smtp smtp = login(listening.getLocalPort(), Security.TLS, PASSWORD);
      assertThat(send(smtp, Messages.of(AlertEvent.TEST, 0)).ok()).isFalse();
      assertThat(first.get(10, TimeUnit.SECONDS)).as("a TLS handshake").isEqualTo(22);
    }
  }

  @Test
  void what_the_server_refuses_is_told_in_its_words_and_a_later_try_may_succeed() throws Exception {
    try (MailServer server = new MailServer()) {
      server.noRecipient = new RejectException(550, "5.1.1 nobody of that name");
      Delivery nobody = send(plain(server.port()), Messages.of(AlertEvent.OPENED, 1));
      assertThat(nobody.status()).isEqualTo(550);
      assertThat(nobody.message()).contains("nobody of that name");
      server.noRecipient = null;
      server.noMail = new RejectException(554, "5.7.1 smells of spam");
      Delivery spam = send(plain(server.port()), Messages.of(AlertEvent.OPENED, 1));
      assertThat(spam.status()).isEqualTo(554);
      assertThat(spam.message()).contains("smells of spam");
      server.noMail = new RejectException(451, "4.7.1 greylisted");
      Delivery later = send(plain(server.port()), Messages.of(AlertEvent.OPENED, 1));
      assertThat(later.ok()).isFalse();
      assertThat(later.status()).as("it is the server that cannot now").isNull();
      assertThat(later.message()).contains("451").contains("greylisted");
      server.noMail = null;
      assertThat(send(plain(server.port()), Messages.of(AlertEvent.OPENED, 1)).ok()).isTrue();
      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void a_server_that_says_nothing_costs_one_deadline_and_its_place_is_free_again()
      throws Exception {
    Mailer mailer = mailer(EgressPolicy.OPEN, null);
    Duration little = Duration.ofMillis(50);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        MailServer server = new MailServer()) {
      for (int i = 0; i <= Mailer.AT_ONCE; i++) {
        Delivery none =
            send(mailer, plain(silent.getLocalPort()), Messages.of(AlertEvent.TEST, 0), little);
        assertThat(none.ok()).isFalse();
        assertThat(none.message()).contains("within");
      }
      Delivery taken = send(mailer, plain(server.port()), Messages.of(AlertEvent.TEST, 0), TIME);
      assertThat(taken.ok()).as(taken.message()).isTrue();
    }
  }

  @Test
  void no_more_mails_are_sent_at_once_than_there_are_places() throws Exception {
    Mailer mailer = mailer(EgressPolicy.OPEN, null);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Email settings = new Email(List.of("a@example.org"), null, plain(silent.getLocalPort()));
      List<CompletableFuture<Delivery>> all = new ArrayList<>();
      for (int i = 0; i <= Mailer.AT_ONCE; i++) {
        all.add(
            mailer
                .send(
                    settings,
                    new Words(Messages.of(AlertEvent.TEST, 0), null),
                    Duration.ofSeconds(1))
                .toCompletableFuture());
      }
      CompletableFuture<Delivery> last = all.get(Mailer.AT_ONCE);
      assertThat(last).as("at once").isDone();
      assertThat(last.get().message()).contains("already");
      for (CompletableFuture<Delivery> each : all) {
        assertThat(each.get(15, TimeUnit.SECONDS).ok()).isFalse();
      }
    }
  }

  @Test
  void mail_goes_nowhere_that_the_egress_policy_forbids() throws Exception {
    try (MailServer server = new MailServer()) {
      Mailer strict = mailer(EgressPolicy.of(List.of("public")), null);
      for (String host : List.of("localhost", "127.0.0.1", "::1")) {
        Smtp smtp = new Smtp(host, server.port(), Security.NONE, null, null);
        Delivery refused = send(strict, smtp, Messages.of(AlertEvent.TEST, 0), TIME);
        assertThat(refused.ok()).isFalse();
        assertThat(refused.message()).contains("is not allowed");
      }
      Smtp clouds = new Smtp("169.254.169.254", 25, Security.TLS, null, null);
      assertThat(send(clouds, Messages.of(AlertEvent.TEST, 0)).message()).contains("not allowed");
      assertThat(server.mails).isEmpty();
    }
  }
}
