package io.serversence.alert;

import io.serversence.alert.ChannelSettings.Email;
import io.serversence.alert.ChannelSettings.Smtp;
import io.serversence.probe.EgressPolicy;
import io.serversence.probe.GuardedSockets;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends mail, by an SMTP server of the channel's own or by the mail session {@code
 * mail/serversence} of the server. Jakarta Mail blocks, so it runs on threads of the container, at
 * most {@link #AT_ONCE}; what finds none free fails and is tried again later. Safe for use by many
 * threads.
 */
public final class Mailer {
  static final int AT_ONCE = 16;

  private static final int MOST = 20_000;
  private static final int MOST_SAID = 5;

  /** A reply of the kind that asks for no repeat (RFC 5321, section 4.2.1). */
  private static final Pattern FOR_GOOD = Pattern.compile("(?:^|; )(5[0-9]{2})[ -]");

  private static final String[] SESSIONS = {
    "java:comp/env/mail/serversence", "java:/mail/serversence", "mail/serversence"
  };

  private final Executor threads;
  private final EgressPolicy egress;
  private final BiConsumer<Long, Runnable> timer;
  private final @Nullable SSLSocketFactory tls;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * A mailer.
   *
   * @param threads where it may block
   * @param timer runs a task at a time of the monotonic clock, in nanoseconds
   */
  public Mailer(Executor threads, EgressPolicy egress, BiConsumer<Long, Runnable> timer) {
    this(threads, egress, timer, null);
  }

  /** One that secures connections by STARTTLS in its own way, or in the JVM's where null. */
  Mailer(
      Executor threads,
      EgressPolicy egress,
      BiConsumer<Long, Runnable> timer,
      @Nullable SSLSocketFactory tls) {
    this.tls = tls;
    this.threads = threads;
    this.egress = egress;
    this.timer = timer;
  }

  /** Sends a mail. The stage never fails, and ends within the time and a little. */
  CompletionStage<Delivery> send(Email settings, Words words, Duration time) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    if (!places.tryAcquire()) {
      return CompletableFuture.completedFuture(
          Delivery.failed("ServerSence sends " + AT_ONCE + " mails already"));
    }
    GuardedSockets sockets = new GuardedSockets(egress);
    timer.accept(
        System.nanoTime() + time.toNanos(),
        () -> {
          if (result.complete(
              Delivery.failed(
                  "the mail server did not take it within " + time.toSeconds() + " s"))) {
            sockets.close();
          }
        });
    try {
      threads.execute(
          () -> {
            try (sockets) {
              result.complete(deliver(settings, words, sockets));
            } catch (RuntimeException | Error e) {
              result.complete(Delivery.failed("ServerSence could not send this mail"));
            } finally {
              places.release();
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
      result.complete(Delivery.failed("ServerSence has no thread free for mail"));
    }
    return result;
  }

  private Delivery deliver(Email settings, Words words, GuardedSockets sockets) {
    Smtp smtp = settings.smtp();
    try {
      Session session = smtp == null ? session() : session(smtp, sockets);
      if (session == null) {
        return Delivery.failed("the server has no mail session named mail/serversence");
      }
      Transport.send(mail(session, settings, words));
      return new Delivery(true, 250, "the mail server took it", null);
    } catch (MessagingException e) {
      return refused(e, smtp == null ? null : smtp.password());
    }
  }

  /** What the server said is often in the exception behind, as where it knows no recipient. */
  private static Delivery refused(MessagingException refusal, @Nullable String password) {
    Set<String> said = new LinkedHashSet<>();
    for (Exception e = refusal;
        e != null && said.size() < MOST_SAID;
        e = e instanceof MessagingException m ? m.getNextException() : null) {
      said.add(Wording.oneLine(String.valueOf(e.getMessage())));
    }
    String words = String.join("; ", said);
    Matcher code = FOR_GOOD.matcher(words);
    return new Delivery(
        false,
        code.find() ? Integer.valueOf(code.group(1)) : null,
        "the mail server did not take it: "
            + Wording.cut(password == null ? words : words.replace(password, "***"), 300),
        null);
  }

  @SuppressWarnings("BanJNDI") // the names are fixed
  private static @Nullable Session session() {
    for (String name : SESSIONS) {
      try {
        if (InitialContext.<Object>doLookup(name) instanceof Session session) {
          return session;
        }
      } catch (NamingException e) {
        // perhaps under another one
      }
    }
    return null;
  }

  private Session session(Smtp smtp, GuardedSockets sockets) {
    Properties p = new Properties();
    p.put("mail.transport.protocol", "smtp");
    p.put("mail.smtp.host", smtp.host());
    p.put("mail.smtp.port", Integer.toString(smtp.port()));
    p.put("mail.smtp.connectiontimeout", "5000");
    p.put("mail.smtp.timeout", "8000");
    p.put("mail.smtp.socketFactory", sockets);
    p.put("mail.smtp.socketFactory.fallback", "false");
    p.put("mail.smtp.ssl.checkserveridentity", "true");
    switch (smtp.security()) {
      case NONE -> {}
      case STARTTLS -> {
        p.put("mail.smtp.starttls.enable", "true");
        p.put("mail.smtp.starttls.required", "true");
        if (tls != null) {
          p.put("mail.smtp.ssl.socketFactory", tls);
        }
      }
      case TLS -> {
        // A plain socket is wrapped by the provider, after the policy has seen its address.
        p.put("mail.smtp.ssl.enable", "true");
        p.put("mail.smtp.ssl.socketFactory", sockets);
        p.put("mail.smtp.ssl.socketFactory.fallback", "false");
      }
    }
    if (smtp.username() == null || smtp.password() == null) {
      return Session.getInstance(p);
    }
    p.put("mail.smtp.auth", "true");
    PasswordAuthentication login = new PasswordAuthentication(smtp.username(), smtp.password());
    return Session.getInstance(
        p,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return login;
          }
        });
  }

  private static MimeMessage mail(Session session, Email settings, Words words)
      throws MessagingException {
    Message message = words.message();
    MimeMessage mail = new Identified(session, message.idempotencyKey());
    if (settings.from() != null) {
      mail.setFrom(new InternetAddress(settings.from()));
    } else if (settings.smtp() != null) {
      mail.setFrom(new InternetAddress("serversence@" + host(settings.to().get(0))));
    } else {
      mail.setFrom();
    }
    for (String to : settings.to()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(to));
    }
    mail.setSubject(words.title(), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(message.sentAt()));
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834
    mail.setText(words.text(Markup.PLAIN, MOST), StandardCharsets.UTF_8.name());
    return mail;
  }

  private static String host(String address) {
    return address.substring(address.indexOf('@') + 1);
  }

  /** A mail whose id is the message's, so that a repeat is known for one. */
  private static final class Identified extends MimeMessage {
    private final String key;

    Identified(Session session, String key) {
      super(session);
      this.key = key;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader(
          "Message-ID", "<" + key.replaceAll("[^A-Za-z0-9._-]", "-") + "@serversence.invalid>");
    }
  }
}
