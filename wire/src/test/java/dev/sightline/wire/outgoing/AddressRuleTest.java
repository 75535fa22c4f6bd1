package dev.sightline.wire.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressRuleTest {
  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  @Test
  void forbidsWhereCloudsHandOutCredentials() throws UnknownHostException {
    for (String each :
        List.of(
            "169.254.169.254",
            "2852039166",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "::169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "100.100.100.200",
            "224.0.0.1",
            "ff02::1",
            "0.0.0.0",
            "0.1.2.3",
            "::")) {
      assertThat(AddressRule.forbids(address(each))).as(each).isNotNull();
    }
    assertThat(AddressRule.forbidsName("Metadata.Google.Internal.")).isNotNull();
  }

  @Test
  void allowsPrivateAndLoopbackAddresses() throws UnknownHostException {
    for (String each :
        List.of("127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "fd12::1", "8.8.8.8")) {
      assertThat(AddressRule.forbids(address(each))).as(each).isNull();
    }
    assertThat(AddressRule.forbidsName("model.internal")).isNull();
  }
}
