/**
 * Vulnerabilities that people know by name and try first, beside the KEV catalogue (those listed there would be in the
 * snapshot anyway). The build keeps the ones that some source of its records says anything about, and prints the others.
 */
export const FAMOUS_CVES: readonly string[] = [
  'CVE-2001-0500', // Code Red
  'CVE-2002-0649', // Slammer
  'CVE-2003-0352', // Blaster
  'CVE-2008-4250', // MS08-067, Conficker
  'CVE-2010-2568', // Stuxnet's shortcuts
  'CVE-2011-2523', // vsftpd backdoor
  'CVE-2012-1823', // PHP-CGI
  'CVE-2014-0160', // Heartbleed
  'CVE-2014-3566', // POODLE
  'CVE-2014-3704', // Drupalgeddon
  'CVE-2014-6271', // Shellshock
  'CVE-2014-7169', // Shellshock, second part
  'CVE-2015-0204', // FREAK
  'CVE-2015-0235', // GHOST
  'CVE-2015-3456', // VENOM
  'CVE-2015-4000', // Logjam
  'CVE-2016-0800', // DROWN
  'CVE-2016-2183', // SWEET32
  'CVE-2016-5195', // Dirty COW
  'CVE-2017-0144', // EternalBlue
  'CVE-2017-1000364', // Stack Clash
  'CVE-2017-13077', // KRACK
  'CVE-2017-5638', // Struts, Equifax
  'CVE-2017-5715', // Spectre, second variant
  'CVE-2017-5753', // Spectre, first variant
  'CVE-2017-5754', // Meltdown
  'CVE-2018-1002105', // Kubernetes API server
  'CVE-2018-13379', // FortiOS SSL VPN
  'CVE-2018-15473', // OpenSSH user enumeration
  'CVE-2018-7600', // Drupalgeddon 2
  'CVE-2019-0708', // BlueKeep
  'CVE-2019-11510', // Pulse Secure
  'CVE-2019-17571', // Log4j 1
  'CVE-2019-19781', // Citrix "Shitrix"
  'CVE-2019-5736', // runc escape
  'CVE-2020-0601', // CurveBall
  'CVE-2020-0796', // SMBGhost
  'CVE-2020-10713', // BootHole
  'CVE-2020-1350', // SIGRed
  'CVE-2020-1472', // Zerologon
  'CVE-2020-14882', // WebLogic console
  'CVE-2020-1938', // Ghostcat
  'CVE-2020-5902', // BIG-IP
  'CVE-2021-1675', // PrintNightmare, first part
  'CVE-2021-26855', // ProxyLogon
  'CVE-2021-26857', // ProxyLogon chain
  'CVE-2021-26858', // ProxyLogon chain
  'CVE-2021-27065', // ProxyLogon chain
  'CVE-2021-31207', // ProxyShell chain
  'CVE-2021-3156', // Baron Samedit
  'CVE-2021-34473', // ProxyShell
  'CVE-2021-34523', // ProxyShell chain
  'CVE-2021-34527', // PrintNightmare
  'CVE-2021-36942', // PetitPotam
  'CVE-2021-4034', // PwnKit
  'CVE-2021-4104', // Log4j 1 JMSAppender
  'CVE-2021-41773', // Apache HTTP Server path traversal
  'CVE-2021-42278', // noPac
  'CVE-2021-42574', // Trojan Source
  'CVE-2021-44228', // Log4Shell
  'CVE-2021-44832', // Log4j, fourth
  'CVE-2021-45046', // Log4j, second
  'CVE-2021-45105', // Log4j, third
  'CVE-2022-0543', // Redis Lua sandbox on Debian
  'CVE-2022-0778', // OpenSSL infinite loop
  'CVE-2022-0847', // Dirty Pipe
  'CVE-2022-1388', // BIG-IP iControl
  'CVE-2022-1471', // SnakeYAML
  'CVE-2022-21449', // Psychic Signatures
  'CVE-2022-22947', // Spring Cloud Gateway
  'CVE-2022-22963', // Spring Cloud Function
  'CVE-2022-22965', // Spring4Shell
  'CVE-2022-26134', // Confluence
  'CVE-2022-26809', // Windows RPC
  'CVE-2022-29900', // Retbleed, AMD
  'CVE-2022-29901', // Retbleed, Intel
  'CVE-2022-30190', // Follina
  'CVE-2022-3602', // OpenSSL punycode
  'CVE-2022-37434', // zlib
  'CVE-2022-40982', // Downfall
  'CVE-2022-41040', // ProxyNotShell
  'CVE-2022-41082', // ProxyNotShell, second part
  'CVE-2022-42889', // Text4Shell
  'CVE-2023-20198', // IOS XE web UI
  'CVE-2023-20593', // Zenbleed
  'CVE-2023-22515', // Confluence
  'CVE-2023-23397', // Outlook
  'CVE-2023-34362', // MOVEit
  'CVE-2023-38408', // OpenSSH agent forwarding
  'CVE-2023-38545', // curl SOCKS5
  'CVE-2023-44487', // HTTP/2 Rapid Reset
  'CVE-2023-46604', // ActiveMQ
  'CVE-2023-48795', // Terrapin
  'CVE-2023-4863', // libwebp
  'CVE-2023-4911', // Looney Tunables
  'CVE-2023-4966', // CitrixBleed
  'CVE-2023-50164', // Struts upload
  'CVE-2024-1709', // ScreenConnect
  'CVE-2024-21626', // Leaky Vessels
  'CVE-2024-23897', // Jenkins CLI
  'CVE-2024-27198', // TeamCity
  'CVE-2024-2961', // glibc iconv
  'CVE-2024-3094', // XZ Utils backdoor
  'CVE-2024-3400', // PAN-OS GlobalProtect
  'CVE-2024-38063', // Windows IPv6
  'CVE-2024-4577', // PHP-CGI again
  'CVE-2024-47076', // CUPS chain
  'CVE-2024-47175', // CUPS chain
  'CVE-2024-47176', // CUPS
  'CVE-2024-47177', // CUPS chain
  'CVE-2024-6387', // regreSSHion
  'CVE-2025-1974', // IngressNightmare
  'CVE-2025-29927', // Next.js middleware
  'CVE-2025-30066', // tj-actions
  'CVE-2025-32433', // Erlang/OTP SSH
  'CVE-2025-53770', // ToolShell
  'CVE-2025-55182', // React2Shell
  'CVE-2025-5777', // CitrixBleed 2
];
