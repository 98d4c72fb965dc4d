package io.serversence.page;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a status page says of its own, in one language: a class for each, so that none can lack
 * a word. Plain text. Pure.
 */
interface PageWords {
  String state(PageState state);

  /** How all systems are together, if there are some. */
  String headline(PageState worst);

  String everythingDown();

  String nothingToShow();

  /** Before the time since which a system has been down or degraded. */
  String since();

  String systems();

  String openIncidents();

  String pastIncidents(int days);

  String noIncidents();

  String noPast();

  /** Before the time when an incident that goes on began. */
  String downSince();

  /** Before the times when an incident began and ended. */
  String downFrom();

  /** Between two times. */
  String to();

  /** After the time when it began, if it was acknowledged. */
  String acknowledged();

  String maintenance();

  /** Names, some of them left out. */
  String andMore(String names, int more);

  /** How available it was, on how many of the days it was seen, and on how many it was not. */
  String available(double share, int days, long seen, long bad);

  String unseen(int days);

  /** A share in percent, rounded down, such as {@code 99.95%}. */
  String percent(@Nullable Double share);

  /** A time in UTC. */
  String time(Instant at);

  /** A length of time: numbers and their units, the largest first. */
  String length(List<Spoken.Part> parts);

  String feed();

  /** The title of the feed for browsers that offer it. */
  String incidents();

  /** Before the time when what is shown was true. */
  String asOf();

  /** The same while the page is live. */
  String live();

  String lost();

  String gone();
}
