<?xml version="1.0" encoding="UTF-8"?>
<!-- The release stamp, drawn. Tree: stages/pages/page-stamp.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="stamp">
    <svg class="stamp {@state}" viewBox="0 0 720 268" role="img" aria-labelledby="stamp-t stamp-d">
      <title id="stamp-t"><xsl:value-of select="title"/></title>
      <desc id="stamp-d"><xsl:value-of select="desc"/></desc>
      <rect class="frame" x="3" y="3" width="714" height="262" stroke-width="4"/>
      <rect class="frame" x="10" y="10" width="700" height="248" stroke-width="1.5"/>
      <rect class="band" x="10" y="10" width="700" height="48"/>
      <xsl:for-each select="text">
        <xsl:choose>
          <xsl:when test="starts-with(@class, 'over')"><text class="{@class}" x="{@x}" y="{@y}" text-anchor="middle" transform="rotate(-9 330 150)"><xsl:value-of select="."/></text></xsl:when>
          <xsl:when test="@length and @anchor"><text class="{@class}" x="{@x}" y="{@y}" text-anchor="{@anchor}" textLength="{@length}" lengthAdjust="spacingAndGlyphs"><xsl:value-of select="."/></text></xsl:when>
          <xsl:when test="@length"><text class="{@class}" x="{@x}" y="{@y}" textLength="{@length}" lengthAdjust="spacingAndGlyphs"><xsl:value-of select="."/></text></xsl:when>
          <xsl:when test="@anchor"><text class="{@class}" x="{@x}" y="{@y}" text-anchor="{@anchor}"><xsl:value-of select="."/></text></xsl:when>
          <xsl:otherwise><text class="{@class}" x="{@x}" y="{@y}"><xsl:value-of select="."/></text></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:if test="@supervised"><path class="frame" stroke-width="1.5" d="M10 222H710"/></xsl:if>
      <xsl:for-each select="square">
        <svg x="560" y="70" width="134" height="134" viewBox="0 0 {@side} {@side}"><rect fill="#fff" width="{@side}" height="{@side}"/><path stroke="#000" d="{.}"/></svg>
      </xsl:for-each>
    </svg>
  </xsl:template>
</xsl:stylesheet>
