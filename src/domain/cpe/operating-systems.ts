/** Operating systems by `vendor:product` of their CPE names (NVD's dictionary): what runs one of a family runs none of another. */
const FAMILIES: readonly (readonly [family: string, products: RegExp])[] = [
  ['windows', /^microsoft:windows/],
  ['macos', /^apple:mac_?os/],
  ['ios', /^apple:(?:iphone_os|ipados)$/],
  ['android', /^google:android$/],
  [
    'linux',
    /^(?:linux:linux_kernel|debian:debian_linux|canonical:ubuntu_linux|redhat:enterprise_linux(?:_\w+)?|fedoraproject:fedora|centos:centos|almalinux:almalinux|rocky(?:linux)?:rocky_linux|oracle:linux|amazon:(?:amazon_)?linux(?:_\w+)?|alpinelinux:alpine_linux|(?:open)?suse:\w+|novell:suse_\w+|gentoo:linux|archlinux:\w+)$/,
  ],
  ['freebsd', /^freebsd:freebsd$/],
  ['openbsd', /^openbsd:openbsd$/],
  ['netbsd', /^netbsd:netbsd$/],
  ['solaris', /^(?:oracle|sun):(?:solaris|sunos)$/],
  ['aix', /^ibm:aix$/],
  ['hp-ux', /^(?:hp|hpe):hp-ux$/],
  ['zos', /^ibm:z\\?\/os$/],
  ['esxi', /^vmware:esxi?$/],
];
/** Names of a whole family: whatever is of it is one of them. */
const WHOLE = new Set(['microsoft:windows', 'linux:linux_kernel', 'apple:macos', 'apple:mac_os_x']);

/**
 * Whether an operating system is the wanted one, both as `vendor:product`, where they are not the same product: `yes` where the wanted one names a
 * family that this one is of, `no` where they are known as different ones, null where nothing is known.
 */
export function isOperatingSystem(wanted: string, known: string): boolean | null {
  const [first, second] = [familyOf(wanted), familyOf(known)];
  if (first === null || second === null) return null;
  if (first !== second) return false;
  if (WHOLE.has(wanted)) return true;
  // Who knows the kernel does not know the distribution.
  return WHOLE.has(known) ? null : false;
}

function familyOf(product: string): string | null {
  return FAMILIES.find(([, pattern]) => pattern.test(product))?.[0] ?? null;
}
