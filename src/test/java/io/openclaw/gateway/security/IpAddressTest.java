package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8::1, 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:201, 192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "fe80::1%eth0, fe80::1"
  })
  void readsAddressesAndWritesThemInOneForm(String text, String written) {
    assertEquals(Optional.of(written), IpAddress.parse(text).map(IpAddress::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.com",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "0x7f.0.0.1",
        "127.1",
        "1.2.3.-4",
        "1.2.3.4 ",
        "1::2::3",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        ":",
        ":::",
        "[::1]",
        "%",
        "::1/64"
      })
  void readsNothingElse(String text) {
    assertEquals(Optional.empty(), IpAddress.parse(text));
  }

  @Test
  void countsIpv6ByNetworkAndIpv4ByAddress() {
    assertEquals("192.0.2.1", IpAddress.countingKey("::ffff:192.0.2.1"));
    assertEquals("2001:db8:1:2::/64", IpAddress.countingKey("2001:db8:1:2:3:4:5:6"));
    assertEquals(
        IpAddress.countingKey("2001:db8:1:2::1"),
        IpAddress.countingKey("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertEquals("", IpAddress.countingKey(""));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.255, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 8.8.8.8, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true"
  })
  void aNetworkHasTheAddressesWithItsPrefix(String network, String address, boolean in) {
    assertEquals(in, IpNetwork.of(network).contains(IpAddress.parse(address).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "proxy/8", "10/8"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> IpNetwork.of(text));
  }

  @Test
  void equalAddressesAreEqualHoweverWritten() {
    assertTrue(IpAddress.parse("::1").equals(IpAddress.parse("0:0:0:0:0:0:0:1")));
    assertFalse(IpAddress.parse("::1").equals(IpAddress.parse("::2")));
  }
}
