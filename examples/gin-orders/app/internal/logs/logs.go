// Package logs writes JSON lines that carry no secrets.
package logs

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
)

const hidden = "[hidden]"

var (
	userinfo = regexp.MustCompile(`://[^\s/@]*:[^\s/]*@`)
	keyword  = regexp.MustCompile(`(?i)\b(password|passwd|secret|token)=\S+`)
)

// New is a logger whose every text is free of the secrets, and of what looks like one in an address.
func New(out io.Writer, level slog.Level, secrets ...string) *slog.Logger {
	pairs := make([]string, 0, 2*len(secrets))
	for _, secret := range secrets {
		pairs = append(pairs, secret, hidden)
	}
	known := strings.NewReplacer(pairs...)
	replace := func(_ []string, attr slog.Attr) slog.Attr {
		switch value := attr.Value.Any().(type) {
		case string:
			attr.Value = slog.StringValue(Redact(known.Replace(value)))
		case error, fmt.Stringer:
			if attr.Key != slog.LevelKey && attr.Key != slog.TimeKey {
				attr.Value = slog.StringValue(Redact(known.Replace(fmt.Sprint(value))))
			}
		}
		return attr
	}
	return slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: replace}))
}

// Redact hides the credentials of addresses in a text, such as the message of an error.
func Redact(text string) string {
	return keyword.ReplaceAllString(userinfo.ReplaceAllString(text, "://"+hidden+"@"), "$1="+hidden)
}
