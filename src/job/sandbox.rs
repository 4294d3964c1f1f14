//! The reader's process → the same process without files, network, other programs, and with a limit of memory. Best effort:
//! what the system does not offer is left out.

/// Memory of the reader's process, bytes: a file at its limit of 256 MiB and as much again to work with.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 512 << 20;

/// Gives up all that reading does not need. There is no way back.
#[cfg(target_os = "linux")]
pub(super) fn enter() {
    limits();
    files();
    calls();
}

/// Elsewhere the process boundary and the deadline are all there is.
#[cfg(not(target_os = "linux"))]
pub(super) fn enter() {}

/// No more memory than its share, no core file, no file written, no new process or thread beyond a few.
#[cfg(target_os = "linux")]
fn limits() {
    use rlimit::Resource;
    for (resource, most) in [(Resource::AS, MEMORY), (Resource::CORE, 0), (Resource::FSIZE, 0), (Resource::NOFILE, 8)] {
        // A stricter limit that stands already cannot be raised; it serves.
        let _ = resource.set(most, most);
    }
}

/// Landlock: no access to any file by name, no TCP.
#[cfg(target_os = "linux")]
fn files() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr};
    let abi = ABI::V5;
    let _ = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
}

/// Seccomp: only the calls that computing, the pipes and memory need; every other fails with "not permitted".
#[cfg(target_os = "linux")]
fn calls() {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    let allowed = [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_readv,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_getrandom,
        libc::SYS_sched_yield,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let rules = allowed.into_iter().map(|call| (call, Vec::new())).collect();
    let Ok(arch) = std::env::consts::ARCH.try_into() else { return };
    let denied = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let filter = SeccompFilter::new(rules, denied, SeccompAction::Allow, arch).and_then(BpfProgram::try_from);
    if let Ok(filter) = filter {
        let _ = seccompiler::apply_filter(&filter);
    }
}
