# Completion of netj for fish: load it with `netj completion fish | source`.
# What netj answers is only ever compared and copied, never evaluated.

function __netj_complete
    set -l line (commandline --cut-at-cursor --current-process | string collect)
    set -l current (commandline --cut-at-cursor --current-token | string collect)
    # Of a text in quotes only its last word is being typed: what is before it stays as it is.
    set -l lead ''
    if string match -qr '^["\']' -- $current
        set lead (string replace -r '^["\']' '' -- $current | string replace -r '\S*$' '' | string collect)
    end
    command netj _complete "$line" 2>/dev/null </dev/null | while read -l answer
        if string match -q ':files*' -- $answer
            __fish_complete_path $current
        else
            printf '%s\n' "$lead$answer"
        end
    end
end

complete -c netj -k -f -a '(__netj_complete)'
